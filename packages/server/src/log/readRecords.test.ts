import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { collect, event } from '../../test/journal/records.ts'
import { openForTest } from '../../test/journal/openForTest.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { FRAME_HEADER_BYTES } from './frame.ts'
import { type JournalFiles, nodeFiles } from './journalFiles.ts'
import { JournalCut, JournalDamaged, JournalUnsupported } from './journal.ts'
import { SEGMENT_HEADER_BYTES, segmentName } from './segment.ts'

/** A journal with so many records, three to a segment. */
async function journalOf(count: number) {
  const dir = await temporaryFolder()
  const journal = await openForTest({ dir, segmentBytesMax: 1000 })
  await Promise.all(Array.from({ length: count }, () => journal.append(event('x'.repeat(200)))))
  return { dir, journal }
}

test('several readers follow the appends across segments, each at its pace', async () => {
  const { journal } = await journalOf(0)
  const readers = [1, 1, 1].map(async (seq) => {
    const seqs: number[] = []
    for await (const record of journal.readFrom(seq)) {
      seqs.push(record.seq)
      if (record.seq === 100) return seqs
      if (record.seq % 7 === 0) await new Promise(setImmediate)
    }
    return seqs
  })
  for (let seq = 1; seq <= 100; seq += 5) {
    const group = Array.from({ length: 5 }, () => journal.append(event('x'.repeat(seq * 3))))
    await Promise.all(group)
  }
  const all = Array.from({ length: 100 }, (_, index) => index + 1)
  expect(await Promise.all(readers)).toEqual([all, all, all])
})

test('a reader waits while no more files may be open', async () => {
  const { dir, journal } = await journalOf(7)
  await journal.close()
  let refusals = 3
  let isReading = false
  const files: JournalFiles = {
    ...nodeFiles,
    open: async (path, flags) => {
      if (flags === 'r' && isReading && refusals > 0) {
        refusals -= 1
        throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
      }
      return nodeFiles.open(path, flags)
    },
  }
  const reopened = await openForTest({ dir, files })
  isReading = true
  const seqs = (await collect(reopened.readFrom(1, { follow: false }))).map(({ seq }) => seq)
  expect([seqs, refusals]).toEqual([[1, 2, 3, 4, 5, 6, 7], 0])
})

test('a reader waits at the end until there is more', async () => {
  const { journal } = await journalOf(2)
  const reader = journal.readFrom(3)
  const next = reader.next()
  await journal.append(event('third'))
  expect(await next).toMatchObject({ value: { seq: 3 } })
  await reader.return()
})

test('without following, it ends with what was there at the call', async () => {
  const { journal } = await journalOf(4)
  const reader = journal.readFrom(2, { follow: false })
  await journal.append(event('fifth'))
  await journal.close()
  expect((await collect(reader)).map(({ seq }) => seq)).toEqual([2, 3, 4])
})

test('the signal ends a reading that waits, and one that does not', async () => {
  const { journal } = await journalOf(5)
  const abort = new AbortController()
  const waiting = collect(journal.readFrom(6, { signal: abort.signal }))
  const seqs: number[] = []
  for await (const { seq } of journal.readFrom(1, { signal: abort.signal })) {
    seqs.push(seq)
    if (seq === 2) abort.abort()
  }
  expect(seqs).toEqual([1, 2])
  expect(await waiting).toEqual([])
  expect(await collect(journal.readFrom(1, { signal: AbortSignal.abort() }))).toEqual([])
})

test('the close of the journal ends the readers that follow', async () => {
  const { journal } = await journalOf(5)
  const waiting = collect(journal.readFrom(6))
  await new Promise(setImmediate)
  await journal.close()
  expect(await waiting).toEqual([])
})

test('a position that was cut is an error, before and while reading', async () => {
  const { journal } = await journalOf(9)
  const reader = journal.readFrom(1)
  await reader.next()
  await journal.cutBefore(4)
  await expect(reader.next()).rejects.toMatchObject({ name: 'JournalCut', seq: 2, firstSeq: 4 })
  await expect(journal.readFrom(3).next()).rejects.toThrow(JournalCut)
  expect(await collect(journal.readFrom(4, { follow: false }))).toHaveLength(6)
})

test('a cut behind the position is not noticed', async () => {
  const { journal } = await journalOf(9)
  const reader = journal.readFrom(4, { follow: false })
  expect(await reader.next()).toMatchObject({ value: { seq: 4 } })
  await journal.cutBefore(5)
  expect((await collect(reader)).map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9])
})

test('a position beyond the end comes from another journal', async () => {
  const { journal } = await journalOf(2)
  await expect(journal.readFrom(4).next()).rejects.toThrow('cannot read from 4: the journal ends with 2')
  await expect(journal.readFrom(0).next()).rejects.toThrow(RangeError)
})

test('a record that has become unreadable is an error, after those before it', async () => {
  const { journal, dir } = await journalOf(3)
  await truncate(join(dir, segmentName(1)), 700)
  const reader = journal.readFrom(1)
  await expect(collect(reader)).rejects.toThrow(JournalDamaged)
})

test('a record of a kind that a later version added is kept, but cannot be read', async () => {
  const { journal, dir } = await journalOf(3)
  await journal.close()
  const path = join(dir, segmentName(1))
  const bytes = await readFile(path)
  const start = SEGMENT_HEADER_BYTES
  bytes.writeUInt8(9, start + FRAME_HEADER_BYTES)
  bytes.writeUInt32LE(crc32(bytes.subarray(start + 4, start + FRAME_HEADER_BYTES + 7 + 32 + 200)), start)
  await writeFile(path, bytes)

  const opened = await openForTest({ dir })
  expect(opened.lastSeq).toBe(3)
  await expect(opened.readFrom(1).next()).rejects.toThrow(JournalUnsupported)
  expect(await collect(opened.readFrom(2, { follow: false }))).toHaveLength(2)
})

test('what was read stays as it is while reading goes on', async () => {
  const { journal } = await journalOf(0)
  const texts = Array.from({ length: 50 }, (_, index) => `${index}`.repeat(index * 20_000))
  await Promise.all(texts.map((text) => journal.append(event(text))))
  const records = await collect(journal.readFrom(1, { follow: false }))
  expect(records.map((record) => (record.kind === 'event' ? record.body.toString() : ''))).toEqual(texts)
})
