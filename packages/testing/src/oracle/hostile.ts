import * as fc from 'fast-check'
import {
  anyOf,
  clockStep,
  content,
  listArbitraries,
  mixOf,
  qoeData,
  stateNames,
  upTo,
} from './arbitraries.ts'
import { Device, type Move } from './Device.ts'
import type { Body } from './readEvent.ts'
import { type Session, startTs } from './session.ts'

/** Any type of event after any other; those that make a session's shape come more often. */
const type = mixOf<string>(
  [8, anyOf('ping', 'play')],
  [4, anyOf('adBreakStart', 'adStart', 'adComplete', 'adBreakComplete')],
  [3, anyOf('pauseStart', 'bufferStart', 'adSkip', 'chapterStart', 'chapterComplete', 'chapterSkip')],
  [3, anyOf('stateStart', 'stateEnd', 'statesUpdate', 'error', 'bitrateChange', 'notAnEvent')],
  [1, anyOf('sessionEnd', 'sessionComplete')],
)

/** Time since the event before, on a clock that may stand, run backwards, or jump to where time-outs are. */
const dt = mixOf(
  [6, anyOf<number>(0, 1, 999, 1000, 1001, 5000, 10_000)],
  [4, upTo(12_000)],
  [2, fc.integer({ min: -8000, max: 0 })],
  [1, anyOf<number>(590_000, 600_000, 659_999, 660_000, 900_000)],
)

const place = mixOf<number>(
  [2, upTo(120)],
  [1, anyOf(-1, 0, 1e-4, 9.9995, 43_200, 86_395, 86_399.5, 86_400, 86_410, 1e9, 1.75e9, 1.75e12, 1e15)],
)
const move = mixOf<Move>(
  [4, fc.record({ by: anyOf('clock') })],
  [4, fc.record({ by: anyOf('nothing') })],
  [2, fc.record({ by: anyOf('leap'), to: place })],
  [
    2,
    fc.record({
      by: anyOf('rate'),
      rate: anyOf(2, 1, 0.5, -0.5, -1),
      extraMs: anyOf(0, 1, -1, 999, 1000, 1001),
    }),
  ],
)

/** Sent now, a little late, or too late for the window; and once more. */
const delayMs = mixOf(
  [4, anyOf<number>(0)],
  [1, anyOf<number>(1000, 4000, 4999, 5000, 5001)],
  [1, upTo(4000)],
  [1, upTo(12_000)],
)
const againMs = mixOf<number | undefined>([8, anyOf(undefined)], [1, upTo(9000)], [1, upTo(60_000)])

/** Now and then the clock is set; now and then `ts` has a fraction. */
const setBy = mixOf<number>([20, anyOf(0)], [1, clockStep], [1, anyOf(0.3, 0.5, -0.5)])

const details = {
  move,
  setBy,
  states: stateNames,
  qoeData,
  errorId: mixOf<string | undefined>([1, anyOf(undefined, '', 'e1', 'e2')], [1, upTo(150).map(String)]),
  isExternal: fc.boolean(),
  delayMs,
  againMs,
}
const hostileEvent = fc.record({ ...details, type, dt })

/** An end that comes twice, too early or among others, before and after it on either clock. */
const farewellEvent = fc.record({
  ...details,
  type: anyOf<string>('ping', 'play', 'pauseStart', 'sessionEnd', 'sessionEnd', 'sessionComplete'),
  dt: mixOf([1, anyOf<number>(0, 1000, -1000)], [1, fc.integer({ min: -3000, max: 3000 })]),
})

/** Sessions as no player should send them. */
export const hostile: fc.Arbitrary<Session> = fc
  .record({
    content,
    events: fc.array(hostileEvent, { maxLength: 40 }),
    farewell: fc.array(farewellEvent, { maxLength: 8 }),
    ...listArbitraries,
    areSeekedMarkersSkipped: fc.boolean(),
  })
  .map(({ content: film, events, farewell, isFlagged, ...rest }) => {
    const device = new Device(startTs, film, rest.isDownloaded && isFlagged)
    const ways = [...events, ...farewell].map((event, nth) => {
      device.pass(event.dt, event.move)
      device.setClock(event.setBy)
      device.say(event.type, paramsOf(event, nth), event.qoeData)
      return { delayMs: event.delayMs, ...(event.againMs !== undefined && { againMs: event.againMs }) }
    })
    return { ...rest, sent: device.said.map((one, i) => ({ delayMs: 0, ...ways[i - 1], ...one })) }
  })

interface Details {
  readonly type: string
  readonly states: readonly string[]
  readonly errorId: string | undefined
  readonly isExternal: boolean
}

function paramsOf({ type: of, states, errorId, isExternal }: Details, nth: number): Body['params'] {
  const named = states.map((name) => ({ 'media.state.name': name }))
  switch (of) {
    case 'stateStart':
    case 'stateEnd':
      return named[0] ?? { 'media.state.name': 'inFocus' }
    case 'statesUpdate':
      return { statesEnd: named.slice(0, nth % 4), statesStart: named.slice(nth % 3) }
    case 'error':
      return {
        ...(errorId !== undefined && { 'media.errorId': errorId }),
        'media.errorSource': isExternal ? 'external' : 'player',
      }
    case 'bitrateChange':
      return nth % 2 === 0 ? { 'media.qoe.bitrate': 100 * nth } : undefined
    default:
      return undefined
  }
}
