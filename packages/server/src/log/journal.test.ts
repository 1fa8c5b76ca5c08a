import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bodies, collect, event, SID } from '../../test/journal/records.ts'
import { openForTest } from '../../test/journal/openForTest.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { type Journal, JournalFailed, type NewRecord } from './journal.ts'

describe('append and read', () => {
  test('records come back as they went in, numbered from 1', async () => {
    const journal = await openForTest({ dir: await temporaryFolder() })
    expect(journal).toMatchObject({ firstSeq: 1, lastSeq: 0, state: { status: 'ok' } })
    const records: NewRecord[] = [
      event('{"eventType":"play"}', 1000),
      event('', 1000),
      { kind: 'clock', receivedAtMs: 2000 },
      event('{"media.name":"Für Élise 🎹"}', 3000),
      { kind: 'event', receivedAtMs: 3000, sid: SID, body: Buffer.from([0, 255, 10, 0]) },
    ]
    expect(await Promise.all(records.map((record) => journal.append(record)))).toEqual([1, 2, 3, 4, 5])
    const read = await collect(journal.readFrom(1, { follow: false }))
    expect(read).toEqual(records.map((record, index) => ({ ...record, seq: index + 1 })))
    expect(journal).toMatchObject({ firstSeq: 1, lastSeq: 5 })
    expect(await bodies(journal, 3)).toHaveLength(3)
    expect(await bodies(journal, 6)).toEqual([])
  })

  test('the numbers go on after a restart', async () => {
    const dir = await temporaryFolder()
    for (const [index, text] of ['one', 'two', 'three'].entries()) {
      const journal = await openForTest({ dir })
      expect(journal.recovery).toEqual({ truncatedBytes: 0, segment: undefined })
      expect(await journal.append(event(text))).toBe(index + 1)
      await journal.close()
    }
    expect(await bodies(await openForTest({ dir }))).toEqual(['one', 'two', 'three'])
  })

  test('creates the folders above, and leaves files alone that are not its own', async () => {
    const dir = join(await temporaryFolder(), 'a', 'b')
    await (await openForTest({ dir })).close()
    await writeFile(join(dir, 'snapshot.json'), '{}')
    await (await openForTest({ dir })).close()
    expect(await readdir(dir)).toEqual(['0000000000000001.log', 'snapshot.json'])
  })

  test('begins no other journal in the place of one that is lost', async () => {
    const dir = await temporaryFolder()
    await expect(openForTest({ dir, mustExist: true })).rejects.toThrow(`${dir} has no segment file`)
    expect(await readdir(dir)).toEqual([])
    await (await openForTest({ dir })).close()
    expect(await openForTest({ dir, mustExist: true })).toMatchObject({ lastSeq: 0 })
  })

  test('notices that its file is gone while nothing is appended', async () => {
    const dir = await temporaryFolder()
    const journal = await openForTest({ dir })
    const [, , appended] = await Promise.all([
      journal.checkInPlace(),
      journal.checkInPlace(),
      journal.append(event('meanwhile')),
    ])
    expect([appended, journal.state.status]).toEqual([1, 'ok'])
    await rm(join(dir, '0000000000000001.log'))
    await journal.checkInPlace()
    expect(journal.state).toMatchObject({
      status: 'failed',
      cause: { message: expect.stringContaining(dir) },
    })
    await expect(journal.append(event('late'))).rejects.toThrow(JournalFailed)
  })

  test('refuses records and limits that cannot be', async () => {
    const dir = await temporaryFolder()
    const journal = await openForTest({ dir, recordBytesMax: 10 })
    await expect(journal.append(event('x'.repeat(11)))).rejects.toThrow('body has 11 bytes, the most is 10')
    await expect(
      journal.append({ kind: 'event', receivedAtMs: 0, sid: 'ABC', body: Buffer.alloc(0) }),
    ).rejects.toThrow('sid must be 64')
    await expect(journal.append(event('', 1.5))).rejects.toThrow('receivedAtMs must be integer milliseconds')
    await expect(journal.append(event('', -1))).rejects.toThrow(RangeError)
    expect(await journal.append(event('x'.repeat(10)))).toBe(1)
    await expect(openForTest({ dir, recordBytesMax: 129 * 1024 * 1024 })).rejects.toThrow('recordBytesMax')
    await expect(openForTest({ dir, groupBytesMax: 0 })).rejects.toThrow('groupBytesMax')
  })
})

async function times(journal: Journal): Promise<number[]> {
  const records = await collect(journal.readFrom(journal.firstSeq, { follow: false }))
  return records.map((record) => record.receivedAtMs)
}

describe('time never runs backwards in the log', () => {
  test('an earlier arrival is raised to the one before', async () => {
    const journal = await openForTest({ dir: await temporaryFolder() })
    await Promise.all([5000, 4000, 6000].map((ms) => journal.append(event('', ms))))
    await journal.append({ kind: 'clock', receivedAtMs: 1 })
    expect(await times(journal)).toEqual([5000, 5000, 6000, 6000])
  })

  test('also across a restart, and when the record before has been cut', async () => {
    const dir = await temporaryFolder()
    const before = await openForTest({ dir })
    await before.append(event('', 5000))
    await before.close()

    const after = await openForTest({ dir, segmentBytesMax: 1 })
    await after.append(event('', 4000))
    await after.append(event('', 3000))
    await after.cutBefore(3)
    await after.close()

    const again = await openForTest({ dir })
    await again.append(event('', 2000))
    expect(await times(again)).toEqual([5000, 5000])
  })
})

describe('segments', () => {
  test('a full segment is followed by one named after its first record', async () => {
    const dir = await temporaryFolder()
    const journal = await openForTest({ dir, segmentBytesMax: 1000 })
    const texts = Array.from({ length: 10 }, (_, index) => `${index}`.repeat(200))
    await Promise.all(texts.map((text) => journal.append(event(text))))
    expect(await readdir(dir)).toEqual([1, 4, 7, 10].map((seq) => `000000000000000${seq}.log`.slice(-20)))
    expect(await bodies(journal)).toEqual(texts)
    await journal.close()
    expect(await bodies(await openForTest({ dir }))).toEqual(texts)
  })

  test('a record larger than a segment and a group has one to itself', async () => {
    const dir = await temporaryFolder()
    const journal = await openForTest({ dir, segmentBytesMax: 500, groupBytesMax: 300 })
    const texts = ['small', 'large'.repeat(1000), 'small']
    await Promise.all(texts.map((text) => journal.append(event(text))))
    expect(await readdir(dir)).toHaveLength(3)
    expect(await bodies(journal)).toEqual(texts)
  })

  test('cutBefore deletes whole segments, and never the one being written', async () => {
    const dir = await temporaryFolder()
    const journal = await openForTest({ dir, segmentBytesMax: 1000 })
    for (let count = 0; count < 10; count++) {
      await journal.append(event('x'.repeat(200)))
    }
    await journal.cutBefore(3)
    expect(journal.firstSeq).toBe(1)
    await journal.cutBefore(4)
    expect(journal.firstSeq).toBe(4)
    await Promise.all([journal.cutBefore(99), journal.cutBefore(8), journal.cutBefore(1)])
    expect(journal).toMatchObject({ firstSeq: 10, lastSeq: 10 })
    expect(await readdir(dir)).toEqual(['0000000000000010.log'])
    await journal.close()

    const again = await openForTest({ dir })
    expect(again).toMatchObject({ firstSeq: 10, lastSeq: 10 })
    expect(await again.append(event(''))).toBe(11)
  })
})
