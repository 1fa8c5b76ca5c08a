import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { isDownloaded, sessionIds, sidFloor } from './sessionId.ts'
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

test('an id tells whether its session was sent whole', () => {
  const ids = sessionIds([current])
  for (let nth = 0; nth < 20; nth += 1) {
    expect(isDownloaded(ids.create(Date.now()))).toBe(false)
    const sid = ids.createFor({ startedAtMs: Date.now(), identity: String(nth) })
    expect(ids.isAuthentic(sid)).toBe(true)
    expect(isDownloaded(sid)).toBe(true)
  }
})

test('an id with any digit changed is no id', () => {
  const ids = sessionIds([current])
  const sid = ids.create(Date.now())
  for (let at = 0; at < sid.length; at += 1) {
    const digit = sid[at] === '0' ? '1' : '0'
    expect(ids.isAuthentic(sid.slice(0, at) + digit + sid.slice(at + 1))).toBe(false)
  }
})

test('an id that is cut short, made longer or written otherwise is no id', () => {
  const ids = sessionIds([current])
  const sid = ids.create(Date.now())
  for (let length = 0; length < sid.length; length += 1) {
    // Another digit than the one that was cut off: the id would be whole again.
    const padding = sid[length] === '0' ? '1' : '0'
    expect(ids.isAuthentic(sid.slice(0, length))).toBe(false)
    expect(ids.isAuthentic(sid.slice(0, length).padEnd(64, padding))).toBe(false)
    expect(ids.isAuthentic(sid.slice(0, length).padStart(64, padding))).toBe(false)
  }
  const others = [
    sid + sid,
    `${sid}00`,
    `${sid}\0`,
    `${sid}/`,
    ` ${sid}`,
    `${sid} `,
    `%${sid}`,
    `0x${sid.slice(2)}`,
  ]
  for (const other of others) expect(ids.isAuthentic(other)).toBe(false)
  expect(sid).toMatch(/[a-f]/)
  expect(ids.isAuthentic(sid.toUpperCase())).toBe(false)
  expect(ids.isAuthentic(sid.replace(/[a-f]/, (digit) => digit.toUpperCase()))).toBe(false)
})

test('no part of one id serves another: not its time, its key, its randomness, its proof', () => {
  const ids = sessionIds([current, old])
  const first = ids.create(Date.UTC(2026, 10, 20))
  const second = ids.create(Date.UTC(2026, 10, 21))
  const byOldKey = sessionIds([old]).create(Date.UTC(2026, 10, 20))
  for (const [from, to] of [
    [0, 12],
    [16, 32],
    [32, 64],
  ] as const) {
    expect(ids.isAuthentic(first.slice(0, from) + second.slice(from, to) + first.slice(to))).toBe(false)
  }
  // Signed by a key that is honoured, under the name of another one that is too.
  expect(ids.isAuthentic(byOldKey.slice(0, 12) + first.slice(12, 16) + byOldKey.slice(16))).toBe(false)
  expect([first, second, byOldKey].map((sid) => ids.isAuthentic(sid))).toEqual([true, true, true])
})

test('a session cannot be made to last longer by a later time in its id', () => {
  const ids = sessionIds([current])
  const nowMs = Date.UTC(2026, 10, 20)
  const sid = ids.create(nowMs)
  for (const shiftMs of [-86_400_000, -1, 1, 1000, 86_400_000]) {
    expect(ids.isAuthentic(sidFloor(nowMs + shiftMs) + sid.slice(12))).toBe(false)
  }
})

test('ids that are made at one moment have no randomness in common', () => {
  const ids = sessionIds([current])
  const made = Array.from({ length: 10_000 }, () => ids.create(0))
  for (const [from, to] of [
    [16, 32],
    [32, 64],
  ] as const) {
    expect(new Set(made.map((sid) => sid.slice(from, to))).size).toBe(made.length)
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
