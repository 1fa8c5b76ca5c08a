import { expect, test } from 'vitest'
import { type Row, run, startMs } from '../../test/session/script.ts'
import { Oddity } from './oddity.ts'

/** Each oddity, and a session in which one event shows it; what else is odd there is in the list too. */
const shown: Readonly<Record<Oddity, readonly Row[]>> = {
  duplicate_event: [
    [1, 0, 'error', { fingerprint: 7 }],
    [1, 0, 'error', { fingerprint: 7 }],
  ],
  event_before_start: [[-1, 0, 'ping', { receivedAtMs: startMs + 1000 }]],
  event_after_close: [
    [1, 0, 'sessionEnd'],
    [2, 0, 'ping'],
  ],
  clock_offset: [[0, 0, 'sessionStart', { receivedAtMs: startMs + 300_001 }]],
  clock_backwards: [
    [10, 0, 'ping'],
    [9, 0, 'ping'],
  ],
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
  playhead_leap: [
    [1, 0, 'play'],
    [11, 50, 'ping'],
  ],
  playhead_stuck: [
    [1, 0, 'play'],
    [11, 0, 'ping'],
    [21, 0, 'ping'],
  ],
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
  error_without_id: [],
  state_limit: [
    [1, 0, 'statesUpdate', { states: 'abcdefghij'.split('') }],
    [2, 0, 'stateStart', { states: ['k'] }],
  ],
  state_end_without_start: [[1, 0, 'stateEnd', { states: ['mute'] }]],
  content_id_empty: [[0, 0, 'sessionStart', { start: { dimensions: { 'media.id': '' } } }]],
}

/** What comes with it, being true as well. */
const along: Partial<Record<Oddity, readonly Oddity[]>> = {
  playhead_in_milliseconds: [Oddity.playheadBeyondLength, Oddity.playheadInMilliseconds],
}

test.each(Object.entries(shown).filter(([, rows]) => rows.length > 0) as [Oddity, readonly Row[]][])(
  '%s is noted, and nothing else',
  (oddity, rows) => {
    expect(run(...rows).notices.map((notice) => notice.oddity)).toEqual(along[oddity] ?? [oddity])
  },
)

test('just inside the bounds nothing is', () => {
  const { notices } = run(
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
  expect(notices).toEqual([])
})

test('an oddity that comes again and again is noted ten times', () => {
  const errors = Array.from({ length: 30 }, (_, nth): Row => [nth + 1, 0, 'bitrateChange'])
  expect(run(...errors).notices).toHaveLength(10)
})
