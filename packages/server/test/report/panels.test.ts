import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  audienceQuery,
  concurrentQuery,
  type Problem,
  retentionQuery,
  startsByTimeOfDayQuery,
  timeSpentQuery,
} from '@playhead/protocol'
import type { Static, TSchema } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '@playhead/testing/simulator/random.ts'
import { openStore } from '../../dist/clickhouse/openStore.js'
import type { Store } from '../../dist/clickhouse/store.js'
import type { SessionRows } from '../../src/projection/archive/sessionRows.ts'
import { answerAudienceOfContents, answerAudienceOfPeriod } from '../../src/reports/panels/audience.ts'
import { answerConcurrent, concurrentBuckets } from '../../src/reports/panels/concurrent.ts'
import { type Panel, panelBuckets, resolvePanel } from '../../src/reports/panels/resolvePanel.ts'
import { answerRetention } from '../../src/reports/panels/retention.ts'
import { answerStartsByTimeOfDay } from '../../src/reports/panels/startsByTimeOfDay.ts'
import { answerTimeSpent } from '../../src/reports/panels/timeSpent.ts'
import type { Row } from '../../src/projection/rows/row.ts'
import { insertSessions, simulatedSessions } from '@playhead/testing/sessions/simulatedSessions.ts'

let folder: string
let store: Store
let reported: Row[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-panels-'))
  store = openStore({ dataDir: folder })
  const sessions: SessionRows[] = simulatedSessions(600)
  reported = sessions.map(({ session }) => session).filter((session) => session['content_id'] !== '')
  await store.whenReady()
  await insertSessions(store, sessions)
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const range = { from: '2026-10-24', to: '2026-10-27', timeZone: 'Europe/Berlin' }
const [fromMs, toMs] = [Date.parse('2026-10-23T22:00Z'), Date.parse('2026-10-26T23:00Z')]
const changeMs = Date.parse('2026-10-25T01:00Z')

function panelOf<Schema extends TSchema>(schema: Schema, request: object): Panel<Static<Schema>> {
  const resolved = resolvePanel(schema, { ...range, ...request })
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
  return resolved.value
}

function fromBuckets<T>(made: T | undefined, problems: readonly Problem[]): T {
  if (made === undefined) throw new Error(JSON.stringify(problems))
  return made
}

function ms(row: Row, column: string): number {
  return Number(row[column])
}

/** Means have twelve digits. */
const mean = (value: number) => Number(value.toPrecision(12))
/** How the zone's clock shows an instant. */
function berlin(epochMs: number): string {
  const hours = epochMs < changeMs ? 2 : 1
  return `${new Date(epochMs + hours * 3_600_000).toISOString().slice(0, 19)}+0${hours}:00`
}

async function concurrent(request: object) {
  const panel = panelOf(concurrentQuery, request)
  const problems: Problem[] = []
  return answerConcurrent(store, panel, fromBuckets(concurrentBuckets(panel, problems), problems))
}

/** Who is there in each grain, by counting. */
function present(
  by: 'visitor' | 'session',
  grainMs: number,
  [first, end]: readonly [number, number],
): number[] {
  const grains = Array.from({ length: (end - first) / grainMs }, () => new Set<unknown>())
  for (const row of reported) {
    const who = row[by === 'visitor' ? 'visitor' : 'sid']
    const [from, to] = [Math.max(first, ms(row, 'started_at')), Math.min(end - 1, ms(row, 'last_event_at'))]
    if (ms(row, 'last_event_at') < first || ms(row, 'started_at') >= end) continue
    for (let at = Math.floor((from - first) / grainMs); at <= Math.floor((to - first) / grainMs); at += 1) {
      grains[at]?.add(who)
    }
  }
  return grains.map((all) => all.size)
}

describe('concurrent viewers', () => {
  test.each(['visitor', 'session'] as const)(
    'by %s, in each second of the evening before the clocks change',
    async (by) => {
      const [first, end] = [Date.parse('2026-10-24T18:00Z'), Date.parse('2026-10-24T20:00Z')]
      const request = {
        from: '2026-10-24T20:00',
        to: '2026-10-24T22:00',
        by,
        grain: 'second',
        granularity: 'second',
      }
      const { rows, total } = await concurrent(request)
      const right = present(by, 1000, [first, end])
      expect(rows.map(({ max }) => max)).toEqual(right)
      expect(rows.map(({ start }) => start)).toEqual(right.map((_, nth) => berlin(first + nth * 1000)))
      const max = Math.max(...right)
      expect(total).toEqual({
        max,
        min: Math.min(...right),
        average: mean(right.reduce((sum, each) => sum + each, 0) / right.length),
        maxAt: berlin(first + right.indexOf(max) * 1000),
      })
      expect(max).toBeGreaterThan(1)
    },
  )

  test.each([
    ['visitor', 'second', 1000],
    ['session', 'minute', 60_000],
    ['visitor', 'minute', 60_000],
  ] as const)('by %s and %s, over the days on which the clocks change', async (by, grain, grainMs) => {
    const { rows, total } = await concurrent({ by, grain, granularity: 'day' })
    const right = present(by, grainMs, [fromMs, toMs])
    const bounds = ['2026-10-23T22:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z', '2026-10-26T23:00Z'].map(
      Date.parse,
    )
    expect(rows).toEqual(
      bounds.slice(0, -1).map((bound, nth) => {
        const part = right.slice((bound - fromMs) / grainMs, ((bounds[nth + 1] ?? 0) - fromMs) / grainMs)
        return {
          start: berlin(bound),
          max: Math.max(...part),
          min: Math.min(...part),
          average: mean(part.reduce((sum, each) => sum + each, 0) / part.length),
        }
      }),
    )
    expect(total.max).toBe(right.reduce((max, each) => Math.max(max, each), 0))
  })

  test('one viewer with two screens is one, and who leaves in a second is there in it', async () => {
    const { content_id: contentId, ...session } = reported[0] ?? {}
    const at = Date.parse('2026-12-01T12:00Z')
    const times = [
      [0, 5000],
      [3000, 9000],
      [9999, 12_000],
      [500, 700],
    ] as const
    await store.insert(
      'sessions',
      times.map(([from, to], nth) => ({
        ...session,
        content_id: contentId,
        sid: `twice ${nth}`,
        visitor: nth === 3 ? 'other' : 'same',
        started_at: at + from,
        last_event_at: at + to,
        closed_at: null,
      })),
      'twice',
    )
    const request = {
      timeZone: 'UTC',
      from: '2026-12-01T12:00:00Z',
      to: '2026-12-01T12:00:14Z',
      grain: 'second',
      granularity: 'second',
    }
    const visitors = await concurrent({ ...request, by: 'visitor' })
    const sessions = await concurrent({ ...request, by: 'session' })
    expect(visitors.rows.map(({ max }) => max)).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    expect(sessions.rows.map(({ max }) => max)).toEqual([2, 1, 1, 2, 2, 2, 1, 1, 1, 2, 1, 1, 1, 0])
  })

  test('viewers who come back often, and with several screens, are counted once in each grain', async () => {
    const { content_id: contentId, ...session } = reported[0] ?? {}
    const dayMs = 86_400_000
    const [first, end] = [Date.parse('2026-12-08T00:00Z'), Date.parse('2026-12-11T00:00Z')]
    const random = createRandom('often')
    const often = Array.from({ length: 400 }, (_, nth) => {
      const started = random.whole(first - dayMs, end)
      // Most are short, some last for a day; every other one begins as soon as another of the same viewer ends.
      const lengthMs = random.whole(0, nth % 10 === 0 ? dayMs : 3_600_000)
      return {
        sid: `often ${nth}`,
        visitor: `viewer ${random.whole(0, 40)}`,
        started,
        ended: started + lengthMs,
      }
    }).flatMap(({ sid, visitor, started, ended }) =>
      [
        [sid, started, ended] as const,
        [`${sid} again`, ended + random.whole(0, 2000), ended + 60_000] as const,
      ].map(([id, from, to]) => ({
        ...session,
        content_id: contentId,
        sid: id,
        visitor,
        started_at: from,
        last_event_at: to,
        closed_at: null,
      })),
    )
    await store.insert('sessions', often, 'often')
    const before = reported
    reported = often
    for (const [grain, grainMs] of [
      ['minute', 60_000],
      ['second', 1000],
    ] as const) {
      const { rows } = await concurrent({
        timeZone: 'UTC',
        from: '2026-12-08',
        to: '2026-12-11',
        by: 'visitor',
        grain,
        granularity: 'minute',
      })
      const right = present('visitor', grainMs, [first, end])
      const perMinute = 60_000 / grainMs
      expect(rows.map(({ max, min }) => [max, min])).toEqual(
        Array.from({ length: 3 * 1440 }, (_, nth) => {
          const part = right.slice(nth * perMinute, (nth + 1) * perMinute)
          return [Math.max(...part), Math.min(...part)]
        }),
      )
    }
    reported = before
  })

  test('a session whose last event came before its first, by a clock that was set back, is there as it begins', async () => {
    const atMs = Date.parse('2026-12-02T12:00Z')
    const session = {
      ...reported[0],
      sid: 'back',
      closed_at: null,
      started_at: atMs + 5000,
      last_event_at: atMs + 2000,
    }
    await store.insert('sessions', [session], 'back')
    const request = {
      timeZone: 'UTC',
      from: '2026-12-02T12:00:00Z',
      to: '2026-12-02T12:00:08Z',
      granularity: 'second',
    }
    for (const by of ['visitor', 'session']) {
      const { rows } = await concurrent({ ...request, by, grain: 'second' })
      expect(rows.map(({ max }) => max)).toEqual([0, 0, 0, 0, 0, 1, 0, 0])
    }
    const panel = panelOf(timeSpentQuery, request)
    const problems: Problem[] = []
    const buckets = fromBuckets(panelBuckets('second', panel.range, 'second', problems), problems)
    expect((await answerTimeSpent(store, panel, buckets)).total).toEqual({ sum: 0, max: 0, min: 0 })
  })

  test('a range without anybody is all zeros', async () => {
    const { rows, total } = await concurrent({ from: '2001-01-01', to: '2001-01-02' })
    expect(rows).toHaveLength(1440)
    expect(rows.every(({ max, min, average }) => max === 0 && min === 0 && average === 0)).toBe(true)
    expect(total).toEqual({ max: 0, min: 0, average: 0, maxAt: null })
  })

  test('intervals that are too short for a panel are refused with those that it has', () => {
    const panel = panelOf(audienceQuery, {})
    const problems: Problem[] = []
    panelBuckets('minute', panel.range, 'fiveMinutes', problems)
    expect(problems).toMatchObject([
      {
        code: 'report_mismatch',
        pointer: '/granularity',
        message: 'The shortest intervals of this panel are fiveMinutes, got minute.',
        expected: 'one of fiveMinutes, fifteenMinutes, halfHour, hour, day, week, month',
      },
    ])
  })

  test('intervals shorter than the grain, and too many of them, are refused', () => {
    const problemsOf = (request: object) => {
      const problems: Problem[] = []
      concurrentBuckets(panelOf(concurrentQuery, request), problems)
      return problems.map(({ code }) => code)
    }
    expect(problemsOf({ granularity: 'second' })).toEqual(['report_mismatch'])
    expect(problemsOf({ granularity: 'second', grain: 'second' })).toEqual(['range_invalid'])
    const from1970 = { timeZone: 'UTC', from: '1970-01-01', grain: 'second', granularity: 'month' }
    expect(problemsOf({ ...from1970, to: '2106-02-07T06:28:15Z' })).toEqual([])
    expect(problemsOf({ ...from1970, to: '2106-02-07T06:28:16Z' })).toEqual(['range_invalid'])
  })
})

/** Milliseconds of stretches in each interval, added up one by one. */
function overlaps(stretches: readonly (readonly [number, number])[], bounds: readonly number[]): number[] {
  return bounds.slice(0, -1).map((from, nth) => {
    const to = bounds[nth + 1] ?? from
    return stretches.reduce(
      (sum, [begin, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(begin, from)),
      0,
    )
  })
}

const every = (step: number, from = fromMs, to = toMs) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, nth) => from + nth * step)
const dayBounds = ['2026-10-23T22:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z', '2026-10-26T23:00Z'].map(
  Date.parse,
)
const intervals = [
  ['halfHour', every(1_800_000)],
  ['hour', every(3_600_000)],
  ['day', dayBounds],
] as const
const rounded = (value: number) => Math.floor(value / 1000 + 0.5)

describe('playback time spent', () => {
  test.each(intervals)('by %s is the time from first to last event', async (granularity, bounds) => {
    const panel = panelOf(timeSpentQuery, { granularity })
    const problems: Problem[] = []
    const buckets = fromBuckets(panelBuckets(granularity, panel.range, 'minute', problems), problems)
    const { rows, total } = await answerTimeSpent(store, panel, buckets)
    const right = overlaps(
      reported.map((row) => [ms(row, 'started_at'), ms(row, 'last_event_at')] as const),
      bounds,
    )
    expect(rows.map(({ seconds }) => seconds)).toEqual(right.map(rounded))
    expect(rows.map(({ start }) => start)).toEqual(bounds.slice(0, -1).map(berlin))
    expect(total.sum).toBe(rounded(right.reduce((sum, each) => sum + each, 0)))
  })

  test('intervals cut by the range have only what is in it', async () => {
    const panel = panelOf(timeSpentQuery, { from: '2026-10-24T20:10', to: '2026-10-24T21:40' })
    const problems: Problem[] = []
    const buckets = fromBuckets(panelBuckets('hour', panel.range, 'minute', problems), problems)
    const { rows } = await answerTimeSpent(store, panel, buckets)
    const bounds = ['2026-10-24T18:10Z', '2026-10-24T19:00Z', '2026-10-24T19:40Z'].map(Date.parse)
    const active = reported.map((row) => [ms(row, 'started_at'), ms(row, 'last_event_at')] as const)
    expect(rows.map(({ seconds }) => seconds)).toEqual(overlaps(active, bounds).map(rounded))
  })
})

describe('average minute audience', () => {
  test.each(intervals)('by %s is the time played by its minutes', async (granularity, bounds) => {
    for (const of of ['content', 'media'] as const) {
      const panel = panelOf(audienceQuery, { granularity, of })
      const problems: Problem[] = []
      const buckets = fromBuckets(panelBuckets(granularity, panel.range, 'minute', problems), problems)
      const { rows = [], total } = await answerAudienceOfPeriod(store, panel, buckets)
      const columns = of === 'media' ? ['content_played', 'ad_played'] : ['content_played']
      const played = reported.flatMap((row) =>
        columns
          .flatMap((column) => row[column] as readonly (readonly [number, number])[])
          .map(([from, to]) => [ms(row, 'started_at') + from, ms(row, 'started_at') + to] as const),
      )
      const right = overlaps(played, bounds)
      expect(rows.map(({ audience }) => audience)).toEqual(
        right.map((each, nth) => mean(each / ((bounds[nth + 1] ?? 0) - (bounds[nth] ?? 0)))),
      )
      expect(total?.average).toBeCloseTo(right.reduce((sum, each) => sum + each, 0) / (toMs - fromMs), 9)
      expect(total?.max).toBeGreaterThan(0)
    }
  })

  test.each([
    ['halfHour', 1_800_000],
    ['hour', 3_600_000],
    ['fiveMinutes', 300_000],
  ] as const)('by %s, of a range that begins and ends at any moment', async (granularity, stepMs) => {
    const [first, end] = [Date.parse('2026-10-24T07:07:07.007Z'), Date.parse('2026-10-25T19:53:20Z')]
    const request = {
      from: '2026-10-24T07:07:07.007Z',
      to: '2026-10-25T19:53:20Z',
      timeZone: 'Asia/Kathmandu',
    }
    const panel = panelOf(audienceQuery, { ...request, granularity, of: 'media' })
    const problems: Problem[] = []
    const buckets = fromBuckets(panelBuckets(granularity, panel.range, 'minute', problems), problems)
    const { rows = [] } = await answerAudienceOfPeriod(store, panel, buckets)
    const played = reported.flatMap((row) =>
      ['content_played', 'ad_played']
        .flatMap((column) => row[column] as readonly (readonly [number, number])[])
        .map(([from, to]) => [ms(row, 'started_at') + from, ms(row, 'started_at') + to] as const),
    )
    // The clock of Kathmandu is 5 h 45 min ahead.
    const aheadMs = 20_700_000
    const firstBound = Math.ceil((first + aheadMs) / stepMs) * stepMs - aheadMs
    const bounds = [first, ...every(stepMs, firstBound, end), end]
    const right = overlaps(played, bounds)
    expect(rows.map(({ seconds }) => seconds)).toEqual(right.map(rounded))
    expect(Math.max(...right)).toBeGreaterThan(0)
  })

  test('of each content is the time played by its length', async () => {
    const { contents = [] } = await answerAudienceOfContents(
      store,
      panelOf(audienceQuery, { per: 'content' }),
    )
    const closed = reported.filter(
      (row) => ms(row, 'closed_at') >= fromMs && ms(row, 'closed_at') < toMs && row['closed_at'] !== null,
    )
    const ids = new Set(closed.map((row) => row['content_id']))
    expect(new Set(contents.map(({ contentId }) => contentId))).toEqual(ids)
    for (const { contentId, audience, seconds, length } of contents) {
      const of = closed.filter((row) => row['content_id'] === contentId)
      const played = of.reduce((sum, row) => sum + ms(row, 'content_time_spent_ms'), 0)
      expect([length, seconds]).toEqual([of[0]?.['content_length'], rounded(played)])
      expect(audience).toBeCloseTo(played / 1000 / Number(length), 9)
    }
  })
})

describe('retention', () => {
  test.each(['visitor', 'session'] as const)('is the share of each %s that watched a moment', async (by) => {
    const closed = reported.filter(
      (row) => row['closed_at'] !== null && ms(row, 'closed_at') >= fromMs && ms(row, 'closed_at') < toMs,
    )
    const ids = closed.filter((row) => row['content_type'] !== 'live').map((row) => String(row['content_id']))
    const contentId =
      ids.toSorted((a, b) => ids.filter((id) => id === b).length - ids.filter((id) => id === a).length)[0] ??
      ''
    const of = closed.filter((row) => row['content_id'] === contentId)
    const who = (row: Row) => row[by === 'visitor' ? 'visitor' : 'sid']
    const answer = await answerRetention(store, panelOf(retentionQuery, { contentId, by, step: 7.5 }))
    const viewers = new Set(of.filter((row) => row['content_starts']).map(who)).size
    expect([answer.viewers, answer.length]).toEqual([viewers, of[0]?.['content_length']])
    expect(answer.points.length).toBe(Math.ceil(Number(answer.length) / 7.5))
    expect(viewers).toBeGreaterThan(3)
    for (const { position, viewers: there, share } of answer.points) {
      const watching = of.filter((row) =>
        (row['watched'] as [number, number][]).some(
          ([from, to]) => from <= position * 1000 && position * 1000 < to,
        ),
      )
      const right = new Set(watching.map(who)).size
      expect([position, there, share]).toEqual([position, right, mean(right / viewers)])
    }
  })

  test.each(['visitor', 'session'] as const)('of sessions that saw nothing is 0, by %s', async (by) => {
    const row = reported.find(
      (each) =>
        (each['watched'] as unknown[]).length === 0 &&
        Number(each['content_length']) > 0 &&
        ms(each, 'closed_at') >= fromMs &&
        ms(each, 'closed_at') < toMs,
    )
    const filters = [
      { dimension: 'mediaSessionId', operator: 'equals' as const, values: [String(row?.['sid'])] },
    ]
    const request = { contentId: String(row?.['content_id']), by, filters }
    const { points } = await answerRetention(store, panelOf(retentionQuery, request))
    expect(points.length).toBeGreaterThan(0)
    expect(points.filter(({ viewers }) => viewers > 0)).toEqual([])
  })

  test('of a content that nobody saw is empty', async () => {
    const { viewers, length, points } = await answerRetention(
      store,
      panelOf(retentionQuery, { contentId: 'none' }),
    )
    expect({ viewers, length, points }).toEqual({ viewers: 0, length: null, points: [] })
    const asked = await answerRetention(store, panelOf(retentionQuery, { contentId: 'none', length: 10 }))
    expect(asked.points).toHaveLength(10)
    expect(asked.points.every(({ share }) => share === 0)).toBe(true)
  })

  test('is no longer than what adds up exactly, whatever length was asked for or sent', async () => {
    const request = { ...range, contentId: 'x' }
    expect(resolvePanel(retentionQuery, { ...request, length: 1e9, step: 1e9 }).ok).toBe(true)
    const refused = resolvePanel(retentionQuery, { ...request, length: 1e9 + 1, step: 1e18 })
    expect(refused.ok ? [] : refused.problems.map(({ pointer }) => pointer)).toEqual(['/length', '/step'])
    const row = reported.find(
      (each) =>
        each['closed_at'] !== null && each['content_starts'] && (each['watched'] as unknown[]).length > 0,
    )
    const [contentId, from, to] = ['endless', '2027-10-24', '2027-10-25']
    const atMs = Date.parse('2027-10-24T12:00Z')
    const times = { started_at: atMs, last_event_at: atMs, closed_at: atMs }
    const session = { ...row, ...times, sid: 'f'.repeat(64), content_id: contentId, content_length: 1e18 }
    await insertSessions(store, [{ session, ads: [], chapters: [] }])
    const { length, points } = await answerRetention(
      store,
      panelOf(retentionQuery, { contentId, from, to, by: 'session' }),
    )
    expect(length).toBe(1e9)
    expect(points.map(({ viewers }) => viewers)).toEqual(points.map((_, nth) => (nth === 0 ? 1 : 0)))
  })
})

test('starts by time of day, where one hour comes twice', async () => {
  for (const byWeekday of [false, true]) {
    const { rows } = await answerStartsByTimeOfDay(
      store,
      panelOf(startsByTimeOfDayQuery, { minutes: 30, byWeekday }),
    )
    expect(rows).toHaveLength(byWeekday ? 336 : 48)
    const started = reported.filter((row) => ms(row, 'started_at') >= fromMs && ms(row, 'started_at') < toMs)
    const partOf = (row: Row) => {
      const clock = berlin(ms(row, 'started_at'))
      const weekday = new Date(`${clock.slice(0, 10)}T00:00Z`).getUTCDay() || 7
      return `${byWeekday ? weekday : ''} ${clock.slice(11, 14)}${Number(clock.slice(14, 16)) < 30 ? '00' : '30'}`
    }
    for (const { weekday, timeOfDay, mediaStarts, contentStarts } of rows) {
      const those = started.filter((row) => partOf(row) === `${weekday ?? ''} ${timeOfDay}`)
      expect([mediaStarts, contentStarts]).toEqual([
        those.length,
        those.filter((row) => row['content_starts']).length,
      ])
    }
  }
})

test('dimensions of ads are refused: a panel is about sessions', () => {
  const filters = [{ dimension: 'adId', operator: 'exists' }]
  const resolved = resolvePanel(timeSpentQuery, { ...range, filters })
  expect(resolved.ok ? [] : resolved.problems.map(({ code, pointer }) => [code, pointer])).toEqual([
    ['report_mismatch', '/filters/0'],
  ])
})
