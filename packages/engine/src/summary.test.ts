import { describe, expect, test } from 'vitest'
import { run } from '@playhead/testing/sessions/script.ts'

describe('estimated streams', () => {
  test.each([
    [0, 1],
    [1140, 1],
    [1799, 1],
    [1800, 2],
    [1860, 2],
    [4680, 3],
    [5400, 4],
  ])('%d s of media time are %d', (seconds, streams) => {
    const pings = Array.from({ length: Math.floor(seconds / 60) }, (_, nth) => 60 * nth)
    const { metrics } = run([0, 0, 'play'], ...pings.map((at) => [at, at, 'ping'] as const), [
      seconds,
      seconds,
      'sessionEnd',
    ]).closed
    expect(metrics.mediaTimeSpent).toBe(seconds * 1000)
    expect(metrics.estimatedStreams).toBe(streams)
  })
})

test.each([
  ['true', true],
  ['TRUE', true],
  ['yes', false],
])('authorized: media.pass.auth %s is %s', (auth, authorized) => {
  const dimensions = { 'media.pass.auth': auth }
  const { metrics } = run([0, 0, 'sessionStart', { start: { dimensions } }]).closed
  expect(metrics.authorized).toBe(authorized)
})

test('without a length there is neither audience nor marker (rule 6.11)', () => {
  const { metrics } = run(
    [0, 0, 'sessionStart', { start: { lengthMs: undefined } }],
    [0, 0, 'play'],
    [10, 10, 'sessionEnd'],
  ).closed
  expect(metrics).toMatchObject({ averageMinuteAudience: undefined, progress10: false })
})

test('a session that is open has no close to tell of', () => {
  const [started] = run([0, 0, 'play']).facts
  expect(started).toMatchObject({
    kind: 'sessionStarted',
    session: {
      close: undefined,
      metrics: { mediaStarts: true, sinceLastCall: undefined, dropsBeforeStart: false },
    },
  })
})
