import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { sessionIds, sidFloor } from './sessionId.ts'
import { parseSessionKeys } from './sessionKeys.ts'

const keyOf = (id: number) => ({ id, secret: randomBytes(32) })
const old = keyOf(1)
const current = keyOf(2)

test('an id is 64 lower-case hexadecimal digits, begins with its time, and is like no other', () => {
  const ids = sessionIds([current])
  const nowMs = Date.UTC(2026, 10, 20)
  const sid = ids.create(nowMs)
  expect(sid).toMatch(/^[0-9a-f]{64}$/)
  expect(sid.startsWith(sidFloor(nowMs))).toBe(true)
  expect(sid < sidFloor(nowMs + 1)).toBe(true)
  expect(ids.create(nowMs)).not.toBe(sid)
})

test('an id proves itself to everyone who has its key, also after another key took over', () => {
  const sid = sessionIds([old]).create(Date.now())
  expect(sessionIds([old]).isAuthentic(sid)).toBe(true)
  expect(sessionIds([current, old]).isAuthentic(sid)).toBe(true)
  expect(sessionIds([current]).isAuthentic(sid)).toBe(false)
  expect(sessionIds([{ id: old.id, secret: current.secret }]).isAuthentic(sid)).toBe(false)
})

test('an id with any digit changed is no id', () => {
  const ids = sessionIds([current])
  const sid = ids.create(Date.now())
  for (let at = 0; at < sid.length; at += 1) {
    const digit = sid[at] === '0' ? '1' : '0'
    expect(ids.isAuthentic(sid.slice(0, at) + digit + sid.slice(at + 1))).toBe(false)
  }
})

test.each(['', 'abc', 'g'.repeat(64), 'A'.repeat(64), '0'.repeat(63), '0'.repeat(65), `${'0'.repeat(64)}\n`])(
  '%j is no id',
  (text) => {
    expect(sessionIds([current]).isAuthentic(text)).toBe(false)
  },
)

test.each([
  ['', 'key 1 is not of the form id:hex, with a number from 0 to 65535 for the id'],
  ['1:zz', 'key 1 is not of the form id:hex, with a number from 0 to 65535 for the id'],
  ['1:00', 'key 1: the secret needs at least 32 bytes as hex'],
  [`1:${'0'.repeat(65)}`, 'key 1: the secret needs at least 32 bytes as hex'],
  [`65536:${'0'.repeat(64)}`, 'key 1: the id is above 65535'],
  [`1:${'0'.repeat(64)},1:${'1'.repeat(64)}`, 'two keys have the same id'],
])('keys written as %j are refused', (text, message) => {
  expect(() => parseSessionKeys(text)).toThrow(new RangeError(message))
})
