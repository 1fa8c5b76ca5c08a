import { describe, expect, test } from 'vitest'
import { replayDownloadInSteps } from '../src/download.ts'
import type { MediaEvent } from '../src/mediaEvent.ts'
import { receive } from '../src/receive.ts'
import { sessionMaxBytes } from '../src/sessionMaxBytes.ts'
import type { SessionState, StartEvent } from '../src/state.ts'
import { elementsOf } from '@playhead/testing/sessions/elementsOf.ts'
import { eventOf, rules as withoutWindow, startMs } from '@playhead/testing/sessions/script.ts'

/**
 * Events of the shorter and of the longer session. A step reads and copies lists of the session's state and nothing else
 * that could grow, so the elements that these lists have are what it may cost at most; summed over a session they must
 * grow in proportion to its events.
 */
const sizes = [4000, 32_000] as const

/** Eight times the events; beyond them lies what lists cost until they have reached their bounds. Quadratic growth is 64. */
const factorMax = 12

/** Time-outs so long that what is left of a burst is not cut off: then its time would be. */
const timeouts = { idleMs: 1e12, stillMs: 1e12, ageMs: 1e12, graceMs: 0 }
const rules = { ...withoutWindow, timeouts, reorderWindowMs: 5000 }

type Shape = (nth: number) => Parameters<typeof eventOf>[0]

/** What a hostile player can do to make each step larger: `at` milliseconds after the start, playhead, type, more. */
const shapes: Readonly<Record<string, Shape>> = {
  'chapters on a standing playhead': (nth) => [nth / 1e4, 0, 'chapterStart', {}],
  'bitrates on a standing playhead': (nth) => [nth / 1e4, 0, 'ping', { quality: { bitrate: nth } }],
  'a playhead that stands while the clock goes back': (nth) => [1e6 - nth / 1e3, 0, 'ping', {}],
  'seeks that make watched intervals that do not touch': (nth) => [
    nth * 10,
    ((nth * 7919) % 100_003) * 100,
    'ping',
    {},
  ],
  'seeks backwards': (nth) => [nth * 10, 1e8 - nth * 100, 'ping', {}],
  'plays and pauses': (nth) => [nth, nth, nth % 2 === 0 ? 'play' : 'pauseStart', {}],
  'ads between pieces of content': (nth) => [
    nth,
    nth,
    nth === 0 ? 'adBreakStart' : nth % 2 === 0 ? 'adStart' : 'adComplete',
    {},
  ],
  'errors with another id each': (nth) => [nth, nth, 'error', {}],
  'states with another name each': (nth) => [nth, nth, 'stateStart', { states: [`s${nth}`] }],
  'ends, each before the one before it': (nth) => [1e6 - nth / 1e3, nth, 'sessionEnd', {}],
  'times that fall': (nth) => [1e6 - nth / 1e3, nth, 'ping', {}],
  'times that are equal': (nth) => [1, nth, 'ping', {}],
}

/** The session's start, content that plays, and events of a shape. */
function sessionOf(shape: Shape, count: number): [StartEvent, ...MediaEvent[]] {
  const [start, ...others] = [
    eventOf([0, 0, 'sessionStart', {}], 1),
    eventOf([0, 0, 'play', {}], 2),
    ...Array.from({ length: count }, (_, nth) => eventOf(shape(nth), nth + 3)),
  ]
  if (start?.type !== 'sessionStart') throw new Error('no start')
  return [start, ...others]
}

function workOfList([start, ...events]: readonly [StartEvent, ...MediaEvent[]]): number {
  let work = 0
  for (const state of replayDownloadInSteps('sid', [start, events], rules, startMs)) work += elementsOf(state)
  return work
}

function workOnline(events: readonly MediaEvent[]): number {
  let work = 0
  let state: SessionState | undefined
  for (const [nth, event] of events.entries()) {
    // All within the window that events wait for each other: five a millisecond.
    const arrived = { ...event, receivedAtMs: startMs + Math.floor(nth / 5) }
    state = receive(state, 'sid', arrived, rules).state
    work += elementsOf(state)
  }
  expect(Buffer.byteLength(JSON.stringify(state ?? ''))).toBeLessThan(sessionMaxBytes)
  return work
}

describe.each(Object.entries(shapes))('%s', (_name, shape) => {
  test.each([
    ['in a list', workOfList],
    ['one by one', workOnline],
  ])('cost in proportion to their number, %s', (_how, workOf) => {
    const [few, many] = sizes
    expect(workOf(sessionOf(shape, many)) / workOf(sessionOf(shape, few))).toBeLessThan(factorMax)
  })
})
