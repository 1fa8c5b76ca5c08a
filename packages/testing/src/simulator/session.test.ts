import { findProblems } from '@playhead/protocol'
import { describe, expect, test } from 'vitest'
import type { SpanKind } from './history.ts'
import { createRandom } from './random.ts'
import { liveSession, simulateSession } from './session.ts'

const seeds = Array.from({ length: 2_000 }, (_, nth) => `session ${nth}`)
const sessions = seeds.map((seed) => simulateSession(seed))

test('the same seed gives the same session, another one another', () => {
  expect(simulateSession(7)).toEqual(simulateSession(7))
  expect(simulateSession('7')).toEqual(simulateSession(7))
  expect(simulateSession(7).bodies).not.toEqual(simulateSession(8).bodies)
})

test('every body is what the documented policy accepts', () => {
  const problems = sessions.flatMap(({ bodies }) =>
    bodies.flatMap(({ body }, nth) => findProblems(body, 'documented', nth === 0 ? 'sessions' : 'events')),
  )
  expect(problems).toEqual([])
})

describe('what was on the screen', () => {
  const histories = seeds.map((seed) => liveSession(seed).history)

  test('has no gaps, and only what is there to be shown', () => {
    const odd = histories.flatMap(({ spans, content }) =>
      spans.filter(({ kind, fromMs, toMs, toPositionMs, ad }, nth) => {
        const isGap = fromMs !== (spans[nth - 1]?.toMs ?? 0) || !(toMs > fromMs) || !Number.isInteger(toMs)
        const isBeyond = content.contentType !== 'live' && toPositionMs > content.lengthMs
        return isGap || isBeyond || (kind === 'ad') !== (ad !== undefined && !isWaiting(kind))
      }),
    )
    expect(odd).toEqual([])
  })

  test('is as varied as viewers are', () => {
    const share = (isSo: (history: (typeof histories)[number]) => boolean): number =>
      histories.filter(isSo).length / histories.length
    expect(share(({ ending }) => ending === 'complete')).toBeGreaterThan(0.15)
    expect(share(({ ending }) => ending === 'silence')).toBeGreaterThan(0.15)
    expect(share(({ sequel }) => sequel !== undefined)).toBeGreaterThan(0.05)
    for (const kind of ['startup', 'ad', 'pause', 'seek', 'leap', 'buffering', 'stall'] as const) {
      const seen = share(({ spans }) => spans.some((span) => span.kind === kind))
      expect(seen, kind).toBeGreaterThan(0.03)
    }
  })

  test('is left by ever more of them: the retention curve falls', () => {
    const positions = histories
      .filter(({ content }) => content.id.startsWith('film'))
      .map(({ content, spans }) => (spans.at(-1)?.toPositionMs ?? 0) / content.lengthMs)
    const stayed = [0, 0.1, 0.5, 0.9].map((part) => positions.filter((position) => position >= part).length)
    expect(stayed.toSorted((a, b) => b - a)).toEqual(stayed)
    expect(stayed[3]).toBeLessThan((stayed[0] ?? 0) * 0.75)
  })
})

test('the network delays, reorders and repeats, but never by more than the server puts right', () => {
  const overtakers = sessions.flatMap(({ bodies }) => {
    const times = bodies.map(({ body }) => body.playerTime.ts)
    return times.map(
      (ts, nth) => times.slice(Math.max(0, nth - 20), nth).filter((other) => other > ts).length,
    )
  })
  expect(overtakers.filter((count) => count > 0).length).toBeGreaterThan(100)
  expect(Math.max(...new Set(overtakers))).toBeLessThan(10)
  const repeated = sessions.map(({ bodies }) => bodies.length - new Set(bodies.map(({ body }) => body)).size)
  expect(repeated.filter((count) => count > 0).length).toBeGreaterThan(100)
})

test('chance is even, and forks do not hang together', () => {
  const random = createRandom('even')
  const draws = Array.from({ length: 20_000 }, () => random.unit())
  expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1)
  expect(random.fork('a').unit()).toBe(createRandom('even').fork('a').unit())
  expect(random.fork('a').unit()).not.toBe(random.fork('b').unit())
})

/** Nothing moves, in ads or in content. */
function isWaiting(kind: SpanKind): boolean {
  return kind === 'pause' || kind === 'buffering'
}
