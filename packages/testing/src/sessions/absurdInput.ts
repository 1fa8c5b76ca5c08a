import { type Endpoint, findDownloadProblems, findProblems, type ValidationPolicy } from '@playhead/protocol'
import * as fc from 'fast-check'

/** A body as a client may send it, and how long after the one before it arrives, milliseconds. */
export interface Sent {
  readonly afterMs: number
  readonly body: Readonly<Record<string, unknown>>
}

/** When the first body arrives, by the server's clock. */
export const startedAtMs = 1_750_000_000_000

const hourMs = 3_600_000

/** What happens to a device's clock: it is set by, or to, milliseconds. */
interface Shock {
  readonly by?: number
  readonly to?: number
}

/** Device clocks: right, a little and absurdly wrong, in 1970, at the edge of what a date can be, between milliseconds. */
const shock = fc.oneof<fc.MaybeWeightedArbitrary<Shock>[]>(
  {
    weight: 8,
    arbitrary: fc.constant({}),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      by: fc.oneof(
        fc
          .constantFrom(1, 999, 600_000, 660_000, 660_001, hourMs, 24 * hourMs, 220_752_000_000)
          .map((ms) => ms),
        fc.constantFrom(-1, -5001, -600_001, -hourMs, -24 * hourMs, -220_752_000_000),
        fc.integer({ min: -2 * hourMs, max: 2 * hourMs }),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ to: fc.constantFrom(0, 5_427_383, 1_577_836_800_000, 1e12, 253_402_300_799_999) }),
  },
)
const fraction = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.constantFrom(0.300048828125, 0.5))

/** Time between two arrivals; bursts, usual pings, and what lies around the time-outs. */
const afterMs = fc.oneof(
  fc.constantFrom(0, 0, 1, 200, 10_000, 10_000, 60_000),
  fc.constantFrom(5000, 299_999, 599_999, 600_000, 659_999, 660_000, 3_600_000),
  fc.nat(20_000),
)
/** How long the event had waited when it was sent: its `ts` is so much older. */
const waitedMs = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  fc.constantFrom(1000, 4999, 5001, 400_000),
  fc.nat(650_000),
)
/** What a device's clock gains on the server's in one step: a burst of events that happened long apart, or never. */
const gainMs = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  fc.constantFrom(10_000, 599_999, 600_000, 660_000),
)

type Playhead = { readonly is: 'goesOn' | 'stands' } | { readonly is: 'at'; readonly seconds: number }
const playhead: fc.Arbitrary<Playhead> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ is: fc.constant<'goesOn' | 'stands'>('goesOn') }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant<'goesOn' | 'stands'>('stands') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant('at' as const),
      seconds: fc.oneof(
        fc.constantFrom(0, -0, -30, 1e-7, 59.9995, 86_399.5, 86_400, 1.75e9, 1.75e12, 1e15),
        fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53),
        fc.double({ min: 0, max: 90_000, noNaN: true }),
      ),
    }),
  },
)

const quantity = fc.oneof(
  fc.constantFrom(0, -1, 1, 800, 3_200_000, 1.75e12, 1e15, Number.MAX_VALUE, -Number.MAX_VALUE, 29.97),
  fc.double({ min: -10, max: 1e7, noNaN: true }),
)
const qoeData = fc.option(
  fc.record(
    {
      'media.qoe.bitrate': quantity,
      'media.qoe.droppedFrames': quantity,
      'media.qoe.framesPerSecond': quantity,
      'media.qoe.timeToStart': quantity,
    },
    { requiredKeys: [] },
  ),
  { nil: undefined, freq: 4 },
)

const type = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('play', 'ping', 'ping') },
  {
    weight: 5,
    arbitrary: fc.constantFrom('adBreakStart', 'adStart', 'adComplete', 'adSkip', 'adBreakComplete'),
  },
  { weight: 3, arbitrary: fc.constantFrom('pauseStart', 'bufferStart', 'chapterStart', 'chapterComplete') },
  { weight: 3, arbitrary: fc.constantFrom('chapterSkip', 'stateStart', 'stateEnd', 'statesUpdate', 'error') },
  { weight: 2, arbitrary: fc.constantFrom('bitrateChange', 'sessionComplete', 'sessionEnd', 'notAnEvent') },
)
const name = fc.oneof(fc.constantFrom('mute', 'MUTE', '', 'x'.repeat(2000)), fc.string({ maxLength: 12 }))

const event = fc.record({ afterMs, waitedMs, gainMs, shock, fraction, playhead, qoeData, type, name })
type Drawn = typeof event extends fc.Arbitrary<infer Value> ? Value : never

const start = fc.record({
  'media.id': name,
  'media.length': fc.oneof(quantity, fc.constantFrom(100, 86_400)),
  'media.contentType': fc.constantFrom('vod', 'live', 'LIVE', ''),
})

/**
 * What a client sends of one session, its `sessionStart` first: no event after any other is impossible, the clock is
 * set at will, and times, playheads and quality values are whatever JSON can say.
 */
export const absurdInput: fc.Arbitrary<Sent[]> = inputOf(fc.array(event, { maxLength: 50 }))

/** The same, as many events as lists that a session keeps have room for, and more. */
export const longAbsurdInput: fc.Arbitrary<Sent[]> = inputOf(
  fc.array(event, { minLength: 2000, maxLength: 4000, size: 'max' }),
)

function inputOf(many: fc.Arbitrary<Drawn[]>): fc.Arbitrary<Sent[]> {
  return fc.record({ start, first: event, events: many }).map(({ start: params, first, events }) => {
    const device = { nowMs: startedAtMs, aheadMs: 0, seconds: 0 }
    return [first, ...events].map((drawn, nth) => sentOf(device, drawn, nth === 0 ? params : undefined))
  })
}

/** What a policy leaves of a session that is sent event by event: none where it refuses the start. */
export function acceptedOnline(sent: readonly Sent[], policy: ValidationPolicy): Sent[] {
  const isAccepted = ({ body }: Sent, endpoint: Endpoint): boolean =>
    findProblems(asReceived(body), policy, endpoint).length === 0
  if (sent[0] === undefined || !isAccepted(sent[0], 'sessions')) return []
  // A refused event is no arrival, but time passes all the same.
  let passedMs = 0
  return sent.flatMap((one, nth) => {
    passedMs += one.afterMs
    if (nth > 0 && !isAccepted(one, 'events')) return []
    const accepted = { afterMs: passedMs, body: one.body }
    passedMs = 0
    return [accepted]
  })
}

/** The longest beginning of a list, and then whatever fits, that a policy accepts as a downloaded session. */
export function acceptedList(sent: readonly Sent[], policy: ValidationPolicy): Sent[] {
  const accepted = acceptedOnline(sent, policy)
  const list = accepted.map(({ body }) => asReceived(body))
  return findDownloadProblems(list, policy, 'downloaded').length === 0 ? accepted : []
}

/** A body as the server reads it: what JSON cannot say is lost on the way. */
export function asReceived(body: Sent['body']): Sent['body'] {
  return JSON.parse(JSON.stringify(body)) as Sent['body']
}

function sentOf(
  device: { nowMs: number; aheadMs: number; seconds: number },
  drawn: Drawn,
  params: Readonly<Record<string, unknown>> | undefined,
): Sent {
  const passedMs = drawn.afterMs + drawn.gainMs
  device.nowMs += drawn.afterMs
  device.aheadMs += drawn.gainMs
  const { by = 0, to } = drawn.shock
  device.aheadMs = to === undefined ? device.aheadMs + by : to - device.nowMs
  if (drawn.playhead.is === 'goesOn') device.seconds += passedMs / 1000
  if (drawn.playhead.is === 'at') device.seconds = drawn.playhead.seconds
  const ts = device.nowMs + device.aheadMs - drawn.waitedMs + drawn.fraction
  const eventType = params === undefined ? drawn.type : 'sessionStart'
  const body = {
    eventType,
    playerTime: { ts, playhead: device.seconds },
    params: params === undefined ? paramsOf(drawn) : { ...startParams, ...params },
    ...(drawn.qoeData !== undefined && { qoeData: drawn.qoeData }),
  }
  return { afterMs: params === undefined ? drawn.afterMs : 0, body }
}

const startParams = {
  'analytics.trackingServer': 'stats.example.com',
  'analytics.reportSuite': 'suite',
  'visitor.marketingCloudOrgId': 'org@AdobeOrg',
  'media.playerName': 'player',
  'media.channel': 'channel',
}

function paramsOf({ type: of, name: called }: Drawn): Readonly<Record<string, unknown>> {
  const state = { 'media.state.name': called }
  switch (of) {
    case 'adBreakStart':
      return { 'media.ad.podIndex': 0, 'media.ad.podSecond': 0 }
    case 'adStart':
      return { ...adParams, 'media.ad.id': called }
    case 'chapterStart':
      return { 'media.chapter.index': 1, 'media.chapter.offset': 0, 'media.chapter.length': 60 }
    case 'stateStart':
    case 'stateEnd':
      return state
    case 'statesUpdate':
      return { statesStart: [state], statesEnd: [{ 'media.state.name': 'mute' }] }
    case 'error':
      return { 'media.errorId': called, 'media.errorSource': 'player' }
    default:
      return {}
  }
}

const adParams = { 'media.ad.length': 15, 'media.ad.podPosition': 1, 'media.ad.playerName': 'player' }
