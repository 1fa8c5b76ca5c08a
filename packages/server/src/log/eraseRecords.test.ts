import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openForTest } from '../../test/journal/openForTest.ts'
import { collect } from '../../test/journal/records.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { eraseRecords } from './eraseRecords.ts'
import { JournalDamaged } from './journalErrors.ts'
import type { NewRecord } from './record.ts'

const gone = 'a'.repeat(64)
const kept = 'b'.repeat(64)

function event(sid: string, receivedAtMs: number): NewRecord {
  return { kind: 'event', receivedAtMs, sid, body: Buffer.from(`{"of":"${sid.slice(0, 8)}"}`) }
}

/** Four segments or so, with events of two sessions and clock records. */
async function journalOfTwo(): Promise<{ dir: string; records: NewRecord[] }> {
  const dir = await temporaryFolder()
  const journal = await openForTest({ dir, segmentBytesMax: 512 })
  const records = Array.from({ length: 24 }, (_, nth): NewRecord => {
    if (nth % 6 === 5) return { kind: 'clock', receivedAtMs: 1000 + nth }
    return event(nth % 3 === 0 ? gone : kept, 1000 + nth)
  })
  for (const record of records) await journal.append(record)
  await journal.close()
  return { dir, records }
}

async function contents(dir: string): Promise<Map<string, Buffer>> {
  const names = await readdir(dir)
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name))] as const)),
  )
}

test('of the records of a session their places and times are left, and all others as they were', async () => {
  const { dir, records } = await journalOfTwo()
  expect(await eraseRecords(dir, new Set([gone]))).toBe(8)
  for (const bytes of (await contents(dir)).values()) {
    expect(bytes.includes(Buffer.from(gone, 'hex'))).toBe(false)
    expect(bytes.includes(gone.slice(0, 8))).toBe(false)
  }

  const journal = await openForTest({ dir, segmentBytesMax: 512 })
  expect(journal.recovery.truncatedBytes).toBe(0)
  const left = records.map((record, nth) => ({
    ...(record.kind === 'event' && record.sid === gone
      ? { kind: 'erased' as const, receivedAtMs: record.receivedAtMs }
      : record),
    seq: nth + 1,
  }))
  expect(await collect(journal.readFrom(1, { follow: false }))).toEqual(left)
  expect(await journal.append(event(kept, 2000))).toBe(records.length + 1)
})

test('segments that have nothing of it stay as they are', async () => {
  const { dir } = await journalOfTwo()
  const before = await contents(dir)
  expect(await eraseRecords(dir, new Set(['c'.repeat(64)]))).toBe(0)
  expect(await contents(dir)).toEqual(before)
})

test('what a crash left of an earlier time is taken away', async () => {
  const { dir } = await journalOfTwo()
  await writeFile(join(dir, '0000000000000001.log.new'), 'half of a segment')
  await eraseRecords(dir, new Set([gone]))
  expect((await readdir(dir)).filter((name) => !name.endsWith('.log'))).toEqual([])
})

test('a damaged segment is refused, and nothing of it is lost', async () => {
  const { dir } = await journalOfTwo()
  const path = join(dir, '0000000000000001.log')
  const bytes = await readFile(path)
  bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200)
  await writeFile(path, bytes)
  await expect(eraseRecords(dir, new Set([gone]))).rejects.toThrow(JournalDamaged)
  expect(await readFile(path)).toEqual(bytes)
})
