import { expect, test } from 'vitest'
import { type Batch, emptyBatch } from './batch.ts'
import { createOpenSessions } from './openSessions.ts'
import { warningsMax } from './warningLimit.ts'

const timeouts = { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 }
const rules = { timeouts, reorderWindowMs: 0, areSeekedMarkersSkipped: false }
const startMs = 1_700_000_000_000

function bodyOf(eventType: string, nth: number, more: object = {}): object {
  return { eventType, playerTime: { ts: startMs + nth * 1000, playhead: nth }, ...more }
}

const start = bodyOf('sessionStart', 0, {
  params: { 'media.id': 'x'.repeat(2000), 'media.name': 'short', 'media.contentType': 'vod' },
  customMetadata: { long: 'y'.repeat(2000) },
})

/** An event with 32 keys that nobody knows: as many warningLimit. */
const odd = (nth: number): object =>
  bodyOf('ping', nth, {
    params: Object.fromEntries(Array.from({ length: 32 }, (_, key) => [`unknown${key}`, 1])),
  })

function oneByOne(bodies: readonly object[]): Batch {
  const openSessions = createOpenSessions(rules, [])
  const batch = emptyBatch(1)
  for (const [nth, body] of bodies.entries()) {
    const receivedAtMs = startMs + nth * 1000
    const record = { kind: 'event', seq: nth + 1, receivedAtMs, sid: 'a' } as const
    openSessions.apply({ ...record, body: Buffer.from(JSON.stringify(body)) }, batch)
  }
  return batch
}

function inAList(bodies: readonly object[]): Batch {
  const batch = emptyBatch(1)
  const record = { kind: 'event', seq: 1, receivedAtMs: startMs, sid: 'a' } as const
  createOpenSessions(rules, []).apply({ ...record, body: Buffer.from(JSON.stringify(bodies)) }, batch)
  return batch
}

test.each([
  ['one by one', oneByOne],
  ['in a list', inAList],
])('a session has so many warnings and no more, and the last of them says so, %s', (_how, apply) => {
  const { diagnostics, events } = apply([start, ...Array.from({ length: 50 }, (_, nth) => odd(nth + 1))]).rows
  const codes = Array.from(diagnostics.values(), ({ code }) => code)
  expect(events.size).toBe(51)
  expect(codes).toHaveLength(warningsMax)
  expect(codes.at(-1)).toBe('warning_limit')
})

test('texts that are too long are kept in part, and a warning names them', () => {
  const { diagnostics, sessions } = oneByOne([start]).rows
  const clipped = [...diagnostics.values()].find(({ code }) => code === 'text_clipped')
  expect(clipped).toMatchObject({
    pointer: '/params/media.id',
    got: '/params/media.id, /customMetadata/long',
  })
  const session = sessions.get('a')
  expect(Object.values(session ?? {})).toContain('x'.repeat(1022))
  expect(session?.['custom_metadata']).toEqual({ long: 'y'.repeat(1022) })
})
