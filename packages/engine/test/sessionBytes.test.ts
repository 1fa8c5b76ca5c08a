import { ValidationPolicy, findProblems } from '@playhead/protocol'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalise } from 'playhead/src/events/normalise.ts'
import { receive } from '../src/receive.ts'
import { sessionMaxBytes } from '../src/sessionMaxBytes.ts'
import type { SessionState } from '../src/state.ts'
import { rules, startMs } from '@playhead/testing/sessions/script.ts'

/** Texts that take most as JSON: long ones, of characters with escapes, of three bytes, and halves of characters. */
const text = fc
  .tuple(
    fc.constantFrom('x', '\u0001', '"', '語', '\ud83d', '\udfff', '🎬'),
    fc.integer({ min: 0, max: 16_000 }),
  )
  .chain(([unit, length]) =>
    fc
      .nat({ max: 99 })
      .map((nth) => `${nth}${unit.repeat(Math.min(length, 16_000 / Buffer.byteLength(unit)))}`),
  )
const metadata = fc.dictionary(fc.stringMatching(/^[a-z]{1,40}$/), text, { maxKeys: 60 })
const texts = (...keys: readonly string[]): fc.Arbitrary<Record<string, string>> =>
  fc.record(Object.fromEntries(keys.map((key) => [key, text])))

const start = fc.record({
  eventType: fc.constant('sessionStart'),
  params: texts(
    'media.id',
    'media.name',
    'media.show',
    'media.genre',
    'media.artist',
    'visitor.marketingCloudUserId',
  ).map((own) => ({
    'analytics.trackingServer': 'x.example',
    'analytics.reportSuite': 'suite',
    'visitor.marketingCloudOrgId': 'A@AdobeOrg',
    'media.contentType': 'vod',
    'media.playerName': 'p',
    'media.channel': 'c',
    'media.length': 100,
    ...own,
  })),
  customMetadata: metadata,
})
const ad = {
  'media.ad.podPosition': 1,
  'media.ad.length': 1,
  'media.ad.podIndex': 1,
  'media.ad.podSecond': 0,
}
const chapter = { 'media.chapter.index': 1, 'media.chapter.offset': 0, 'media.chapter.length': 1 }
const event = fc.oneof(
  fc.record({
    eventType: fc.constantFrom('play', 'ping', 'pauseStart', 'adComplete', 'adBreakComplete', 'sessionEnd'),
  }),
  fc.record({
    eventType: fc.constantFrom('adBreakStart', 'adStart'),
    params: texts('media.ad.id', 'media.ad.name', 'media.ad.playerName', 'media.ad.podFriendlyName').map(
      (own) => ({
        ...ad,
        ...own,
      }),
    ),
    customMetadata: metadata,
  }),
  fc.record({
    eventType: fc.constantFrom('chapterStart', 'chapterStart', 'chapterSkip'),
    params: texts('media.chapter.friendlyName').map((own) => ({ ...chapter, ...own })),
    customMetadata: metadata,
  }),
  fc.record({
    eventType: fc.constant('error'),
    params: fc.record({ 'media.errorId': text, 'media.errorSource': fc.constantFrom('player', 'external') }),
  }),
  fc.record({
    eventType: fc.constantFrom('statesUpdate'),
    params: fc.record({
      statesStart: fc.array(fc.record({ 'media.state.name': text }), { maxLength: 4 }),
      statesEnd: fc.array(fc.record({ 'media.state.name': text }), { maxLength: 4 }),
    }),
  }),
)

test('no session that a policy accepts is larger than its budget', () => {
  const sent = fc.record({
    start,
    events: fc.array(event, { maxLength: 12 }),
    times: fc.integer({ min: 1, max: 30 }),
    stepMs: fc.constantFrom(-1, 0, 1, 20, 700),
    leapMs: fc.constantFrom(0, 1000, 77_777),
    policy: fc.constantFrom(...Object.values(ValidationPolicy)),
  })
  fc.assert(
    fc.property(sent, ({ start: first, events, times, stepMs, leapMs, policy }) => {
      let state: SessionState | undefined
      // Repeated, so that lists fill up; each with a number of its own, so that none is a repeated delivery.
      const bodies = [first, { eventType: 'play' }, ...Array.from({ length: times }, () => events).flat()]
      for (const [nth, body] of bodies.entries()) {
        const endpoint = nth === 0 ? 'sessions' : 'events'
        const playerTime = { ts: startMs + 1_000_000 + nth * stepMs, playhead: ((nth * leapMs) % 9e6) / 1000 }
        const json = { ...body, playerTime: nth === 0 ? { ts: startMs, playhead: 0 } : playerTime }
        if (findProblems(json, policy, endpoint).length > 0) continue
        const stored = { seq: nth + 1, receivedAtMs: startMs + 1_000_000 + nth, fingerprint: nth }
        state = receive(state, 'f'.repeat(64), normalise(stored, json), {
          ...rules,
          reorderWindowMs: 5000,
        }).state
        if (state === undefined) return
        expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(sessionMaxBytes)
      }
    }),
    { numRuns: 60 },
  )
})

test.each([
  ['more values than there is room for', 4000, 1],
  ['keys longer than any text that is kept', 6, 7000],
])('events that wait, with %s, keep few of their names', (_name, count, length) => {
  const customMetadata = Object.fromEntries(
    Array.from({ length: count }, (_, nth) => [`${nth}${'k'.repeat(length)}`, '']),
  )
  let state: SessionState | undefined
  for (const nth of Array.from({ length: 10 }).keys()) {
    const eventType = nth === 0 ? 'sessionStart' : 'adStart'
    const json = { eventType, playerTime: { ts: startMs + nth, playhead: 0 }, params: ad, customMetadata }
    const stored = { seq: nth + 1, receivedAtMs: startMs + nth, fingerprint: nth }
    state = receive(state, 'f'.repeat(64), normalise(stored, json), { ...rules, reorderWindowMs: 5000 }).state
  }
  expect(state?.waiting).toHaveLength(9)
  expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(sessionMaxBytes)
})
