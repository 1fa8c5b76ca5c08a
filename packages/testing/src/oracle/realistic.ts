import * as fc from 'fast-check'
import {
  anyOf,
  clockStep,
  content,
  firstTs,
  instantTypes,
  listArbitraries,
  mixOf,
  qoeData,
  stateNames,
  upTo,
} from './arbitraries.ts'
import { type Activity, Device } from './Device.ts'
import { type Sent, type Session, startTs } from './session.ts'

const watch = fc.record({ what: anyOf('watch'), ms: upTo(60_000), pingMs: anyOf(10_000, 1000) })
const watchLong = fc.record({ what: anyOf('watch'), ms: upTo(4_000_000), pingMs: anyOf(60_000, 300_000) })
const stand = fc.record({
  what: anyOf('pause', 'buffer', 'freeze'),
  ms: upTo(70_000),
  pingMs: anyOf(10_000, 1000),
})
const standShortly = fc.record({
  what: anyOf('freeze'),
  ms: anyOf(1000, 1998, 1999, 2000, 2001, 3000),
  pingMs: anyOf(999, 1000, 1001),
})
const hang = fc.record({ what: anyOf('hang'), ms: upTo(40_000), lagMs: upTo(20_000) })
const ad = fc.record({
  ms: upTo(40_000),
  gapMs: anyOf(0, 0, 1, 100, 250, 251, 3000),
  inside: anyOf(undefined, undefined, 'play', 'pauseStart', 'bufferStart', 'sessionComplete'),
  end: anyOf('adComplete', 'adComplete', 'adSkip', undefined),
})
const adBreak = fc.record({
  what: anyOf('adBreak'),
  ads: fc.array(ad, { maxLength: 3 }),
  playheads: anyOf('content', 'content', 'ad', 'adToTheEnd'),
  isComplete: fc.boolean(),
  playAfter: fc.boolean(),
})
const chapter = fc.record({
  what: anyOf('chapter'),
  type: anyOf('chapterStart', 'chapterComplete', 'chapterSkip'),
})
const states = fc.record({
  what: anyOf('states'),
  ended: stateNames,
  started: stateNames,
  isOne: fc.boolean(),
})
const errors = fc.record({
  what: anyOf('errors'),
  ids: mixOf([3, upTo(3)], [1, upTo(120)]),
  isExternal: fc.boolean(),
})

const outage = fc.record({ what: anyOf('outage'), ms: upTo(700_000), pingMs: anyOf(10_000, 60_000) })
const leftover = fc.record({
  what: anyOf('leftover'),
  type: anyOf('sessionEnd', 'sessionComplete', 'ping', 'adComplete'),
  agoMs: mixOf<number>([1, upTo(2000)], [1, upTo(100_000)], [1, anyOf(599_999, 600_001, 3_600_000)]),
})
/** A film, complete, and the post-roll in which players send `play` as in every ad. */
const postRoll = fc.record({
  what: anyOf('adBreak'),
  ads: fc.tuple(
    fc.record({ ms: upTo(20_000), gapMs: anyOf(0), inside: anyOf('play'), end: anyOf('adComplete') }),
  ),
  playheads: anyOf('content', 'ad'),
  isComplete: fc.boolean(),
  playAfter: anyOf(false, false, true),
})
/** Clocks that are set, and what else goes wrong with times. */
const mishap: fc.Arbitrary<Activity> = mixOf<Activity>(
  [2, fc.record({ what: anyOf('setClock'), by: clockStep })],
  [1, fc.record({ what: anyOf('startClockAnew'), ts: firstTs })],
  [2, outage],
  [2, leftover],
  [1, fc.record({ what: anyOf('silence'), ms: upTo(8 * 3_600_000) })],
)

/** What a viewer and a player really do, one thing after the other. */
const activity: fc.Arbitrary<Activity> = mixOf<Activity>(
  [8, watch],
  [1, watchLong],
  [3, fc.record({ what: anyOf('play') })],
  [3, stand],
  [2, standShortly],
  [2, hang],
  [2, fc.record({ what: anyOf('seek'), to: upTo(7200), isSaid: fc.boolean() })],
  [3, adBreak],
  [1, fc.record({ what: anyOf('adOutsideBreak'), ms: upTo(30_000) })],
  [3, chapter],
  [2, states],
  [2, fc.record({ what: anyOf('quality'), qoeData })],
  [1, errors],
  [1, fc.record({ what: anyOf('complete') })],
  [2, fc.record({ what: anyOf('instant'), types: instantTypes })],
  [1, postRoll],
)

/** How a session ends: said, or found out by the server from silence, stillness or age. */
const ending: fc.Arbitrary<Activity> = mixOf<Activity>(
  [4, fc.record({ what: anyOf('end') })],
  [3, fc.record({ what: anyOf('trail'), pings: upTo(5) })],
  [1, fc.record({ what: anyOf('silence'), ms: fc.integer({ min: 595_000, max: 665_000 }) })],
  [
    1,
    fc.record({
      what: anyOf('pause', 'freeze'),
      ms: fc.integer({ min: 1_700_000, max: 2_000_000 }),
      pingMs: anyOf(60_000, 300_000),
    }),
  ],
  [
    1,
    fc.record({
      what: anyOf('watch'),
      ms: fc.integer({ min: 86_000_000, max: 86_500_000 }),
      pingMs: anyOf(590_000, 599_999),
    }),
  ],
)

/** The way from the player to the server: delays within the window, and deliveries that are repeated. */
interface Way {
  readonly delayMaxMs: number
  readonly againPercent: number
  readonly againMaxMs: number
  readonly seed: number
}

const way: fc.Arbitrary<Way> = mixOf<Way>(
  [3, fc.record({ delayMaxMs: anyOf(0), againPercent: anyOf(0), againMaxMs: anyOf(0), seed: anyOf(1) })],
  [
    2,
    fc.record({
      delayMaxMs: anyOf(200, 2000, 4900),
      againPercent: anyOf(0, 10),
      againMaxMs: anyOf(4000, 60_000),
      seed: upTo(1e6),
    }),
  ],
)

/** Sessions as players report them. */
export const realistic: fc.Arbitrary<Session> = fc
  .record({
    content,
    beginning: mixOf<readonly Activity[]>([1, anyOf([])], [2, anyOf([{ what: 'play' }])]),
    activities: mixOf<Activity[]>(
      [2, fc.array(activity, { maxLength: 25 })],
      [1, fc.array(mixOf<Activity>([6, activity], [1, mishap]), { maxLength: 25 })],
    ),
    ending,
    way,
    ...listArbitraries,
    areSeekedMarkersSkipped: fc.boolean(),
  })
  .map(({ content: film, beginning, activities, ending: last, way: taken, isFlagged, ...rest }) => {
    const device = new Device(startTs, film, rest.isDownloaded && isFlagged)
    for (const each of [...beginning, ...activities, last]) device.do(each)
    return { ...rest, sent: send(device.said, taken) }
  })

/** Put events on the way, with delays that look like chance but depend on the seed alone. */
function send(said: Device['said'], { delayMaxMs, againPercent, againMaxMs, seed }: Way): Sent[] {
  let chance = seed
  const below = (max: number): number => {
    chance = (Math.imul(chance, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((chance / 2 ** 32) * (max + 1))
  }
  return said.map((one, nth) => ({
    ...one,
    delayMs: nth === 0 ? 0 : below(delayMaxMs),
    ...(nth > 0 && below(99) < againPercent && { againMs: below(againMaxMs) }),
  }))
}
