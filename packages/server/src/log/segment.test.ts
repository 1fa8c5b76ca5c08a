import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { nodeFiles } from './journalFiles.ts'
import { createSegment, firstSeqOfName, readHeader, segmentName } from './segment.ts'

test('the name is the first seq in 16 digits', () => {
  expect(segmentName(42)).toBe('0000000000000042.log')
  expect(firstSeqOfName('0000000000000042.log')).toBe(42)
  expect(firstSeqOfName(segmentName(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER)
  expect(firstSeqOfName('42.log')).toBeUndefined()
  expect(firstSeqOfName('0000000000000042.log.bak')).toBeUndefined()
})

test('the header says where the log stood, and tells when a byte of it has changed', async () => {
  const header = { firstSeq: 2 ** 40 + 5, notBeforeMs: 1_700_000_000_000 }
  const { segment, file } = await createSegment(nodeFiles, await temporaryFolder(), header)
  await file.close()
  const bytes = await readFile(segment.path)
  expect(readHeader(bytes)).toEqual(header)
  for (const at of bytes.keys()) {
    const damaged = Buffer.from(bytes)
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at)
    expect(readHeader(damaged)).toBeUndefined()
    expect(readHeader(bytes.subarray(0, at))).toBeUndefined()
  }
})

test('a later format is not damage', async () => {
  const { segment, file } = await createSegment(nodeFiles, await temporaryFolder(), {
    firstSeq: 1,
    notBeforeMs: 0,
  })
  await file.close()
  const bytes = await readFile(segment.path)
  bytes.writeUInt16LE(2, 8)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 24)), 24)
  expect(() => readHeader(bytes)).toThrow('the journal has format 2; this version of Playhead reads 1')
})
