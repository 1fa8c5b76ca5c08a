import { expect, test } from 'vitest'
import { eventOf, type Row, rules, run, startMs } from '@playhead/testing/sessions/script.ts'
import { replayDownload } from './download.ts'
import { type Warning, WarningCode } from './warning.ts'

/** Each code, and a session in which one event shows it; what else is odd there is in the list too. */
const shown: Readonly<Record<WarningCode, readonly Row[]>> = {
  duplicate_event: [
    [1, 0, 'error', { fingerprint: 7 }],
    [1, 0, 'error', { fingerprint: 7 }],
  ],
  start_repeated: [
    [0, 0, 'sessionStart'],
    [0, 0, 'sessionStart', { receivedAtMs: startMs + 4000 }],
  ],
  event_before_start: [[-1, 0, 'ping', { receivedAtMs: startMs }]],
  event_after_close: [
    [1, 0, 'sessionEnd'],
    [2, 0, 'ping'],
  ],
  clock_offset: [[0, 0, 'sessionStart', { receivedAtMs: startMs + 300_001 }]],
  clock_backwards: [
    [10, 0, 'ping'],
    [9, 0, 'ping'],
  ],
  clock_forwards: [[400, 0, 'ping', { receivedAtMs: startMs + 99_999 }]],
  equal_ts: [],
  ping_gap: [[90.001, 0, 'ping']],
  play_missing: [[10, 10, 'ping']],
  playhead_beyond_length: [
    [1, 0, 'play'],
    [80, 100, 'pauseStart'],
    [81, 100.001, 'ping'],
  ],
  playhead_in_milliseconds: [
    [1, 0, 'pauseStart'],
    [2, 1000.001, 'ping'],
  ],
  playhead_in_unix_time: [
    [0, 0, 'sessionStart', { start: { isLive: true, lengthMs: undefined } }],
    [1, 1.7e9, 'ping'],
  ],
  playhead_leap: [
    [1, 0, 'play'],
    [11, 50, 'ping'],
  ],
  playhead_stuck: [
    [1, 0, 'play'],
    [11, 0, 'ping'],
    [21, 0, 'ping'],
  ],
  stall_limit: [[1, 0, 'play'], ...many(101, (nth): Row => [1 + (nth + 1) / 200, 0, 'ping'])],
  complete_twice: [
    [1, 0, 'sessionComplete'],
    [2, 0, 'sessionComplete'],
  ],
  ad_outside_break: [
    [1, 0, 'adStart'],
    [2, 0, 'adComplete'],
  ],
  ad_not_ended: [
    [1, 0, 'adBreakStart'],
    [2, 0, 'adStart'],
    [3, 0, 'adBreakComplete'],
  ],
  ad_end_without_ad: [
    [1, 0, 'adBreakStart'],
    [2, 0, 'adSkip'],
    [3, 0, 'adBreakComplete'],
  ],
  ad_never_ended: [],
  ad_id_empty: [],
  break_not_ended: [
    [1, 0, 'adBreakStart'],
    [2, 0, 'sessionEnd'],
  ],
  break_end_without_break: [[1, 0, 'adBreakComplete']],
  chapter_not_ended: [
    [1, 0, 'chapterStart'],
    [2, 0, 'chapterStart'],
    [3, 0, 'chapterSkip'],
  ],
  chapter_end_without_chapter: [[1, 0, 'chapterComplete']],
  bitrate_in_bps: [[1, 0, 'bitrateChange', { quality: { bitrate: 100_001 } }]],
  bitrate_missing: [[1, 0, 'bitrateChange']],
  time_to_start_in_seconds: [[1, 0, 'ping', { quality: { timeToStartMs: 49 } }]],
  length_too_long: [
    [0, 0, 'sessionStart', { start: { dimensions: { 'media.id': 'id', 'media.length': 1_764_547_200 } } }],
  ],
  time_to_start_too_long: [[1, 0, 'ping', { quality: { timeToStartMs: 61_001 } }]],
  quality_out_of_range: [[1, 0, 'ping', { quality: { droppedFrames: -3 } }]],
  error_without_id: [],
  error_limit: many(101, (nth): Row => [nth + 1, 0, 'error']),
  part_limit: [
    [1, 0, 'adBreakStart'],
    ...many(10_001, (nth) => adAt(2 + nth / 10)).flat(),
    [1003, 0, 'adBreakComplete'],
  ],
  text_clipped: [],
  warning_limit: [],
  state_limit: [
    [1, 0, 'statesUpdate', { states: 'abcdefghij'.split('') }],
    [2, 0, 'stateStart', { states: ['k'] }],
  ],
  state_end_without_start: [[1, 0, 'stateEnd', { states: ['mute'] }]],
  content_id_empty: [[0, 0, 'sessionStart', { start: { dimensions: { 'media.id': '' } } }]],
}

function many<Item>(count: number, make: (nth: number) => Item): Item[] {
  return Array.from({ length: count }, (_, nth) => make(nth))
}

/** An ad of 50 milliseconds. */
function adAt(atS: number): readonly Row[] {
  return [
    [atS, 0, 'adStart'],
    [atS + 0.05, 0, 'adComplete'],
  ]
}

/** What comes with it, being true as well. */
const along: Partial<Record<WarningCode, readonly WarningCode[]>> = {
  clock_forwards: [WarningCode.clockForwards, WarningCode.pingGap],
  playhead_in_milliseconds: [WarningCode.playheadBeyondLength, WarningCode.playheadInMilliseconds],
}

test.each(Object.entries(shown).filter(([, rows]) => rows.length > 0) as [WarningCode, readonly Row[]][])(
  '%s is noted, and nothing else',
  (code, rows) => {
    expect(run(...rows).warnings.map((warning) => warning.code)).toEqual(along[code] ?? [code])
  },
)

test('just inside the bounds nothing is', () => {
  const { warnings } = run(
    [
      0,
      0,
      'sessionStart',
      { receivedAtMs: startMs + 300_000, quality: { bitrate: 100_000, timeToStartMs: 50 } },
    ],
    [1, 0, 'play', { receivedAtMs: startMs + 301_000 }],
    [91, 100, 'ping', { receivedAtMs: startMs + 391_000 }],
    [92, 100, 'sessionComplete', { receivedAtMs: startMs + 392_000 }],
    [92.5, 100, 'sessionEnd', { receivedAtMs: startMs + 392_500 }],
  )
  expect(warnings).toEqual([])
})

test('a warning that comes again and again is noted ten times', () => {
  const errors = Array.from({ length: 30 }, (_, nth): Row => [nth + 1, 0, 'bitrateChange'])
  expect(run(...errors).warnings).toHaveLength(10)
})

/** What was noted, with the number of the event it was about; of equal times nothing. */
function noted(warnings: readonly Warning[]): string[] {
  return warnings
    .filter(({ code }) => code !== WarningCode.equalTs)
    .map(({ seq, type, code }) => `${seq} ${type} ${code}`)
}

function notedOf(...rows: readonly Row[]): string[] {
  return noted(run(...rows).warnings)
}

/** The same rows as a downloaded list. */
function notedOfList(...rows: readonly Row[]): string[] {
  const start = eventOf([0, 0, 'sessionStart'], 1)
  if (start.type !== 'sessionStart') throw new Error('no start')
  const events = rows.map((row, nth) => eventOf(row, nth + 2))
  return noted(replayDownload('sid', [start, events], rules, startMs).warnings)
}

const open: readonly Row[] = [
  [1, 0, 'chapterStart'],
  [2, 0, 'adBreakStart'],
  [3, 0, 'adStart'],
]
const leftOpen = [
  '4 adStart ad_not_ended',
  '3 adBreakStart break_not_ended',
  '2 chapterStart chapter_not_ended',
]

test('what is open at the end is noted: of the end, or of what opened it where the time was out or a list over', () => {
  expect(notedOf(...open, [4, 0, 'sessionEnd'])).toEqual([
    '5 sessionEnd ad_not_ended',
    '5 sessionEnd break_not_ended',
    '5 sessionEnd chapter_not_ended',
  ])
  expect(notedOf(...open, [4, 0, 'ping'])).toEqual(leftOpen)
  expect(notedOfList(...open, [4, 0, 'ping'])).toEqual(leftOpen)
})

test('nothing is noted of what was ended', () => {
  const ended: readonly Row[] = [
    ...open,
    [4, 0, 'adComplete'],
    [5, 0, 'adBreakComplete'],
    [6, 0, 'chapterSkip'],
  ]
  expect(notedOf(...ended)).toEqual([])
  expect(notedOfList(...ended)).toEqual([])
})

test('what a list goes on with after its end is noted, other than a late completion', () => {
  expect(
    notedOfList([1, 0, 'sessionEnd'], [2, 0, 'sessionComplete'], [3, 0, 'ping'], [4, 0, 'adStart']),
  ).toEqual(['4 ping event_after_close', '5 adStart event_after_close'])
})

test('the eleventh state is noted wherever it comes', () => {
  const states = (letters: string) => ({ states: letters.split('') })
  expect(notedOf([1, 0, 'statesUpdate', states('abcdefghijk')])).toEqual(['2 statesUpdate state_limit'])
  expect(notedOf([1, 0, 'statesUpdate', states('abcdefghi')], [2, 0, 'statesUpdate', states('jk')])).toEqual([
    '3 statesUpdate state_limit',
  ])
  expect(notedOf([1, 0, 'statesUpdate', states('abcdefghij')], [2, 0, 'statesUpdate', states('AJ')])).toEqual(
    [],
  )
})

test('a play that says where it begins is not missing', () => {
  expect(notedOf([1, 30, 'play'], [2, 31, 'ping'])).toEqual([])
  const live = { start: { isLive: true, lengthMs: 86_400_000 } }
  expect(notedOf([0, 0, 'sessionStart', live], [1, 50_400, 'play'], [11, 50_410, 'ping'])).toEqual([])
})

test.each(['pauseStart', 'bufferStart'] as const)('a play that is missing after %s is noted', (type) => {
  const begin: readonly Row[] = [
    [0, 0, 'play'],
    [10, 10, type],
  ]
  expect(notedOf(...begin, [20, 20, 'ping'])).toEqual(['4 ping play_missing'])
  // A seek, a seek that ended beside its mark, and a live playhead, which goes on by itself.
  expect(notedOf(...begin, [20, 50, 'ping'])).toEqual([])
  expect(notedOf(...begin, [11, 11, 'ping'])).toEqual([])
  expect(notedOf([0, 0, 'sessionStart', { start: { isLive: true } }], ...begin, [20, 20, 'ping'])).toEqual([])
})

test('a clock that jumps ahead is noted once; events that waited, and clocks that are wrong all along, are not', () => {
  const at = (receivedAtS: number) => ({ receivedAtMs: startMs + receivedAtS * 1000 })
  expect(notedOf([10, 0, 'ping', at(10)], [400, 0, 'ping', at(20)], [410, 0, 'ping', at(30)])).toEqual([
    '3 ping clock_forwards',
    '3 ping ping_gap',
  ])
  expect(notedOf([10, 0, 'ping', at(400)], [400, 0, 'ping', at(400)])).toEqual(['3 ping ping_gap'])
  expect(notedOf([300, 0, 'ping', at(0)])).toEqual(['2 ping ping_gap'])
})

test('audio has lower bitrates', () => {
  const quality = { bitrate: 10_001 }
  const audio = { start: { dimensions: { 'media.id': 'song', 'media.streamType': 'Audio' } } }
  expect(notedOf([0, 0, 'sessionStart', audio], [1, 0, 'ping', { quality }])).toEqual([
    '2 ping bitrate_in_bps',
  ])
  expect(notedOf([0, 0, 'sessionStart', { ...audio, quality }])).toEqual(['1 sessionStart bitrate_in_bps'])
  expect(notedOf([1, 0, 'ping', { quality }])).toEqual([])
})

test('a time to start below a millisecond is noted too', () => {
  const { warnings, closed } = run([1, 0, 'ping', { quality: { timeToStartMs: 0.4 } }])
  expect(noted(warnings)).toEqual(['2 ping time_to_start_in_seconds'])
  expect(closed.metrics.timeToStart).toBe(0)
})

test('an event that came too late is that and nothing else, and neither is the one after it', () => {
  const pings = Array.from({ length: 10 }, (_, nth): Row => [10 + 10 * nth, 10 + 10 * nth, 'ping'])
  const late: Row = [5, 5, 'ping', { receivedAtMs: startMs + 101_000 }]
  expect(notedOf([0, 0, 'play'], ...pings, late, [110, 100, 'ping'])).toEqual(['13 ping clock_backwards'])
})
