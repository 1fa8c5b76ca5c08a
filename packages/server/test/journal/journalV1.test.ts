import { cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { JOURNAL_V1_SEGMENT_BYTES_MAX, journalV1 } from './journalV1.ts'
import { openForTest } from './openForTest.ts'
import { collect, event } from './records.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'

const FIXTURE = fileURLToPath(new URL('../fixtures/journal-v1', import.meta.url))

test('a journal of format version 1 stays readable, and can be gone on with', async () => {
  const dir = await temporaryFolder()
  await cp(FIXTURE, dir, { recursive: true })
  const journal = await openForTest({ dir })
  const records = journalV1.flat().map((record, index) => ({ ...record, seq: index + 1 }))
  expect(journal.recovery.truncatedBytes).toBe(0)
  expect(await collect(journal.readFrom(1, { follow: false }))).toEqual(records)
  expect(await journal.append(event('{}'))).toBe(records.length + 1)
})

/** Until there is a version 2, what is written today is version 1, to the byte. */
test('the same records are written as the same bytes', async () => {
  const dir = await temporaryFolder()
  const journal = await openForTest({ dir, segmentBytesMax: JOURNAL_V1_SEGMENT_BYTES_MAX })
  for (const group of journalV1) {
    await Promise.all(group.map((record) => journal.append(record)))
  }
  const segments = (await readdir(FIXTURE)).filter((name) => name.endsWith('.log'))
  expect(await readdir(dir)).toEqual(segments)
  for (const name of segments) {
    expect(await readFile(join(dir, name), 'hex')).toBe(await readFile(join(FIXTURE, name), 'hex'))
  }
})
