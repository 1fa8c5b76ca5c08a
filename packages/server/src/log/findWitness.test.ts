import { expect, test } from 'vitest'
import { event } from '../../test/journal/records.ts'
import { encodeGroup } from './encodeGroup.ts'
import { findWitness } from './findWitness.ts'

/** The bytes of a group of so many records that was written when `lastSeq` was on disk. */
function group(lastSeq: number, count: number): Buffer {
  const records = Array.from({ length: count }, () => event('{"eventType":"ping"}'))
  return encodeGroup(records, { lastSeq, lastReceivedAtMs: 0 }).bytes
}

test('a frame written after the record was on disk is a witness, wherever it begins', () => {
  for (const gap of [0, 1, 7, 100]) {
    expect(findWitness(Buffer.concat([Buffer.alloc(gap, 'x'), group(7, 2)]), 7)).toBe(8)
  }
})

test('a frame of the same group, or of the one before, is none', () => {
  expect(findWitness(group(6, 3).subarray(1), 7)).toBeUndefined()
  expect(findWitness(group(5, 3), 7)).toBeUndefined()
})

test('nor is one that is itself damaged, or cut short', () => {
  const bytes = group(7, 1)
  expect(findWitness(bytes.subarray(0, -1), 7)).toBeUndefined()
  bytes.write('X', bytes.length - 1)
  expect(findWitness(bytes, 7)).toBeUndefined()
  expect(findWitness(Buffer.alloc(1000), 7)).toBeUndefined()
})
