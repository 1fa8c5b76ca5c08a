import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  calculatedMetrics,
  reportDimensions,
  reportMetrics,
  type ReportResult,
  segments,
  stateMetrics,
} from '@playhead/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../dist/clickhouse/openStore.js'
import type { Store } from '../../dist/clickhouse/store.js'
import type { SessionRows } from '../../src/projection/archive/sessionRows.ts'
import { listSessions } from '../../src/reports/listSessions.ts'
import { answerQuery } from '../../src/reports/query/answerQuery.ts'
import { resolveQuery } from '../../src/reports/query/resolveQuery.ts'
import type { Row } from '../../src/projection/rows/row.ts'
import { type Asked, bruteForce, type Figures, rest } from './bruteForce.ts'
import {
  hostileKey,
  hostileName,
  insertSessions,
  simulatedSessions,
} from '@playhead/testing/sessions/simulatedSessions.ts'

let folder: string
let store: Store
let sessions: SessionRows[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-query-'))
  store = openStore({ dataDir: folder })
  sessions = simulatedSessions(600)
  await store.whenReady()
  await insertSessions(store, sessions)
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const range = { from: '2026-10-24', to: '2026-10-27', timeZone: 'Europe/Berlin' }
const rangeMs = { fromMs: Date.parse('2026-10-23T22:00Z'), toMs: Date.parse('2026-10-26T23:00Z') }

async function ask(query: object, suites?: readonly string[]): Promise<ReportResult> {
  const resolved = resolveQuery({ limit: 10_000, ...range, ...query })
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
  return answerQuery(suites === undefined ? store : store.seenBy(suites), resolved.value)
}

function codesOf(query: unknown): string[] {
  const resolved = resolveQuery(query)
  return resolved.ok ? [] : resolved.problems.map(({ code, pointer }) => `${code} ${pointer}`)
}

/** The rows of an answer in the form of `bruteForce`. */
function figures({ rows }: ReportResult, metric: string, ...dimensions: readonly string[]): Figures {
  return new Map(
    rows.map((row) => [
      JSON.stringify([
        row.start ?? '',
        ...(dimensions.length === 0 ? [''] : dimensions.map((id) => row.dimensions[id])),
      ]),
      row.metrics[metric] ?? null,
    ]),
  )
}

/** What is there in one of them only must be nothing in the other. */
function expectSame(made: Figures, right: Figures, what: string): void {
  const misses = [...new Set([...made.keys(), ...right.keys()])].flatMap((key) => {
    const [is, should] = [made.get(key) ?? 0, right.get(key) ?? 0]
    // Fractions are added up in another order.
    return Math.abs(is - should) <= 1e-9 * Math.max(1, Math.abs(should)) ? [] : [{ what, key, is, should }]
  })
  expect(misses).toEqual([])
}

/** Those that are in the catalogue, in another letter case, and of a name that nobody has heard of. */
const otherStates = ['states.FULLSCREEN.time', 'states.theatre.set', 'states.theatre.time']
const stateIds = [...stateMetrics.map(({ id }) => id), ...otherStates]
const allMetrics = [
  ...reportMetrics.map(({ id, scope }) => ({ id, scope })),
  ...calculatedMetrics.map(({ id, scope }) => ({ id, scope })),
  ...stateIds.map((id) => ({ id, scope: 'session' as const })),
]
const oneOf = { session: 'mediaTimeSpent', ad: 'adTimeSpent', chapter: 'chapterTimeSpent' } as const
const hourOf = (epochMs: number) => {
  const clock = new Date(berlin(epochMs))
  return { hour: clock.getUTCHours(), weekday: clock.getUTCDay() || 7 }
}
const berlin = (epochMs: number) => epochMs + (epochMs < Date.parse('2026-10-25T01:00Z') ? 2 : 1) * 3_600_000
const dayOf = (epochMs: number) => {
  const day = new Date(berlin(epochMs)).toISOString().slice(0, 10)
  return `${day}T00:00:00${day <= '2026-10-25' ? '+02:00' : '+01:00'}`
}

describe('agrees with a computation by hand', () => {
  test.each(allMetrics)('$id by content and day', async ({ id }) => {
    const asked: Asked = { ...rangeMs, dimension: 'contentId', intervalOf: dayOf }
    const answer = await ask({ metrics: [id], dimensions: ['contentId'], granularity: 'day' })
    const right = bruteForce(sessions, id, asked)
    if (id !== 'externalErrors') expect(right.size).toBeGreaterThan(5)
    expectSame(figures(answer, id, 'contentId'), right, id)
    const [total] = bruteForce(sessions, id, rangeMs).values()
    expect(answer.totals?.metrics[id] ?? null).toBeCloseTo(total ?? 0, 6)
  })

  test('means of a mixed fleet leave out the players that do not measure', async () => {
    const closed = sessions
      .map(({ session }) => session)
      .filter(({ closed_at: at, content_id: id }) => {
        const atMs = at as number | null
        return atMs !== null && atMs >= rangeMs.fromMs && atMs < rangeMs.toMs && id !== ''
      })
    const timed = closed.map((row) => Number(row['time_to_start_ms'])).filter((ms) => ms > 0)
    const measured = closed.filter((row) =>
      ['average_bitrate', 'frames_per_second', 'time_to_start_ms', 'dropped_frames'].some(
        (column) => Number(row[column] ?? 0) > 0,
      ),
    )
    const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0)
    expect([0 < timed.length, timed.length < measured.length, measured.length < closed.length]).toEqual(
      Array.from({ length: 3 }, () => true),
    )
    const { totals } = await ask({ metrics: ['averageTimeToStart', 'averageDroppedFrames'] })
    expect(totals?.metrics['averageTimeToStart']).toBeCloseTo(sum(timed) / 1000 / timed.length, 9)
    expect(totals?.metrics['averageDroppedFrames']).toBeCloseTo(
      sum(measured.map((row) => Number(row['dropped_frames']))) / measured.length,
      9,
    )
  })

  test('whoever still watches has neither dropped out nor completed anything', async () => {
    const metrics = ['preRollDropRate', 'dropBeforeStartRate', 'mediaCompletionRate', 'averageMediaTimeSpent']
    const ofStatus = async (status: string) => {
      const filters = [{ dimension: 'status', operator: 'equals', values: [status] }]
      return (await ask({ metrics: ['mediaStarts', ...metrics], filters })).totals?.metrics ?? {}
    }
    const nothing = Object.fromEntries(metrics.map((id) => [id, null]))
    const { mediaStarts, ...ofOpen } = await ofStatus('open')
    expect(mediaStarts).toBeGreaterThan(0)
    expect(ofOpen).toEqual(nothing)
    const { mediaStarts: _, ...ofClosed } = await ofStatus('closed')
    expect((await ask({ metrics })).totals?.metrics).toEqual(ofClosed)
    expect(ofClosed['preRollDropRate']).toBeLessThan(1)
  })

  test.each([
    ...reportDimensions.map(({ id, scope }) => ({ id, scope })),
    { id: 'c.plan', scope: 'session' as const },
  ])('by $id', async ({ id, scope }) => {
    const metric = oneOf[scope]
    const answer = await ask({ metrics: [metric], dimensions: [id] })
    const right = bruteForce(sessions, metric, { ...rangeMs, dimension: id, hourOf })
    expectSame(figures(answer, metric, id), right, id)
    expect(answer.page.rows).toBe(answer.rows.length)
  })

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'two dimensions, metrics of all tables and times',
      ['mediaStarts', 'contentTimeSpent', 'adStarts', 'adTimeSpent', 'chapterStarts', 'adsPerStream'],
      ['channel', 'contentType'],
    ],
    [
      'three dimensions, one of them a list',
      ['mediaStarts', 'uniqueViewers', 'averageBitrate', 'averageTimeToStart', 'states.mute.time'],
      ['playerName', 'genres', 'hourOfDay'],
    ],
    ['two lists', ['contentStarts', 'totalBufferDuration'], ['genres', 'playerStates', 'c.plan']],
    [
      'four dimensions of ads',
      ['adStarts', 'adCompletionRate'],
      ['adId', 'podId', 'playerName', 'dayOfWeek'],
    ],
  ])('%s', async (_name, metrics, dimensions) => {
    const answer = await ask({ metrics, dimensions, granularity: 'day' })
    expect(answer.rows.length).toBeLessThan(10_000)
    for (const metric of metrics) {
      const right = bruteForce(sessions, metric, { ...rangeMs, dimensions, hourOf, intervalOf: dayOf })
      expect(right.size).toBeGreaterThan(10)
      expectSame(figures(answer, metric, ...dimensions), right, metric)
    }
  })

  test('session dimensions of ads and chapters', async () => {
    for (const metric of ['adStarts', 'chapterTimeSpent', 'adsPerStream']) {
      for (const dimension of ['channel', 'genres', 'c.plan', 'hourOfDay']) {
        const answer = await ask({ metrics: [metric], dimensions: [dimension] })
        expectSame(
          figures(answer, metric, dimension),
          bruteForce(sessions, metric, { ...rangeMs, dimension, hourOf }),
          `${metric} by ${dimension}`,
        )
      }
    }
  })

  test.each([
    ['second', (ms: number) => ms - (ms % 1000)],
    ['minute', (ms: number) => ms - (ms % 60_000)],
    ['fiveMinutes', (ms: number) => ms - (ms % 300_000)],
    ['halfHour', (ms: number) => ms - (ms % 1_800_000)],
    ['fifteenMinutes', (ms: number) => ms - (ms % 900_000)],
    ['hour', (ms: number) => ms - (ms % 3_600_000)],
  ] as const)('by %s, also where an hour comes twice', async (granularity, startOf) => {
    const iso = (ms: number) =>
      new Date(berlin(ms)).toISOString().slice(0, 19) + (berlin(ms) - ms === 7_200_000 ? '+02:00' : '+01:00')
    const answer = await ask({ metrics: ['mediaStarts'], granularity })
    const right = bruteForce(sessions, 'mediaStarts', { ...rangeMs, intervalOf: (ms) => iso(startOf(ms)) })
    expectSame(figures(answer, 'mediaStarts'), right, granularity)
  })

  test.each([
    ['utc', 'UTC'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['ASIA/KOLKATA', 'ASIA/KOLKATA'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['us/eastern', 'us/eastern'],
    ['etc/gmt+5', 'Etc/GMT+5'],
  ])('of a clock that is called %s, which is answered as %s', async (timeZone, answered) => {
    const query = { metrics: ['mediaStarts'], dimensions: ['hourOfDay'], granularity: 'day' }
    const { timeZone: name, rows } = await ask({ ...query, timeZone })
    expect([name, rows.length > 0]).toEqual([answered, true])
    expect((await ask({ ...query, timeZone: name })).rows).toEqual(rows)
  })

  test('by week and month, of a clock that is half an hour off', async () => {
    const zone = { from: '2026-10-20', to: '2026-11-10', timeZone: 'Asia/Kolkata' }
    const kolkata = (ms: number) => new Date(ms + 19_800_000)
    const week = (ms: number) => {
      const day = kolkata(ms)
      day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
      return `${day.toISOString().slice(0, 10)}T00:00:00+05:30`
    }
    const fromMs = Date.parse('2026-10-19T18:30Z')
    const asked = { fromMs, toMs: Date.parse('2026-11-09T18:30Z') }
    const byWeek = await ask({ ...zone, metrics: ['mediaStarts'], granularity: 'week' })
    expectSame(
      figures(byWeek, 'mediaStarts'),
      bruteForce(sessions, 'mediaStarts', { ...asked, intervalOf: week }),
      'week',
    )
    const byMonth = await ask({ ...zone, metrics: ['mediaStarts'], granularity: 'month' })
    expect([...figures(byMonth, 'mediaStarts').keys()]).toEqual(['["2026-10-01T00:00:00+05:30",""]'])
  })

  test.each<[string, object, (row: Row) => boolean]>([
    [
      'equals',
      { dimension: 'contentName', operator: 'equals', values: [hostileName] },
      (row) => row['content_name'] === hostileName,
    ],
    [
      'notEquals keeps what was not sent',
      { dimension: 'show', operator: 'notEquals', values: ['Low Tide', ''] },
      (row) => row['show'] !== 'Low Tide',
    ],
    [
      'an empty text is not there',
      { dimension: 'show', operator: 'notExists' },
      (row) => (row['show'] || null) === null,
    ],
    ['exists', { dimension: 'show', operator: 'exists' }, (row) => (row['show'] || null) !== null],
    [
      'equals, of what is one in any case',
      { dimension: 'contentType', operator: 'equals', values: ['Vod', 'tRAILER'] },
      (row) => /^(vod|trailer)$/i.test(String(row['content_type'])),
    ],
    [
      'notEquals, of what is one in any case',
      { dimension: 'streamType', operator: 'notEquals', values: ['AUDIO'] },
      (row) => !/^audio$/i.test(String(row['stream_type'])),
    ],
    [
      'startsWith, of what is one in any case',
      { dimension: 'streamType', operator: 'startsWith', values: ['HO', 'vI'] },
      (row) => /^(ho|vi)/i.test(String(row['stream_type'])),
    ],
    [
      'contains, in any case',
      { dimension: 'contentName', operator: 'contains', values: ['hyperLINK', 'zzz'] },
      (row) => String(row['content_name']).includes('HYPER'),
    ],
    [
      'startsWith',
      { dimension: 'contentId', operator: 'startsWith', values: ['a', 'f', 'n'] },
      (row) => /^[afn]/.test(String(row['content_id'])),
    ],
    [
      'lists',
      { dimension: 'genres', operator: 'equals', values: ['Crime'] },
      (row) => (row['genre_list'] as string[]).includes('Crime'),
    ],
    [
      'not in lists',
      { dimension: 'genres', operator: 'notEquals', values: ['Crime'] },
      (row) => !(row['genre_list'] as string[]).includes('Crime'),
    ],
    [
      'numbers',
      { dimension: 'contentLength', operator: 'atLeast', values: [3600] },
      (row) => Number(row['content_length']) >= 3600,
    ],
    [
      'custom metadata of any key',
      { dimension: `c.${hostileKey}`, operator: 'equals', values: ['v1'] },
      (row) => (row['custom_metadata'] as Record<string, string>)[hostileKey] === 'v1',
    ],
    ['notExists', { dimension: 'genre', operator: 'notExists' }, (row) => (row['genre'] ?? null) === null],
    [
      'endsWith',
      { dimension: 'contentId', operator: 'endsWith', values: ['1', '4', 'er'] },
      (row) => /(1|4|er)$/.test(String(row['content_id'])),
    ],
    [
      'endsWith heeds the case',
      { dimension: 'contentName', operator: 'endsWith', values: ['N', 'R', '1'] },
      (row) => /[NR1]$/.test(String(row['content_name'])),
    ],
    [
      'notContains, in any case, keeps what was not sent',
      { dimension: 'genre', operator: 'notContains', values: ['DRAMA', 'news'] },
      (row) => !/drama|news/i.test((row['genre'] as string | null) ?? ''),
    ],
    [
      'notContains of a list holds when it holds for each',
      { dimension: 'genres', operator: 'notContains', values: ['cri'] },
      (row) => !(row['genre_list'] as string[]).some((genre) => /cri/i.test(genre)),
    ],
    [
      'equalsIgnoringCase',
      { dimension: 'contentType', operator: 'equalsIgnoringCase', values: ['Live', 'AOD'] },
      (row) => /^(live|aod)$/i.test(String(row['content_type'])),
    ],
    [
      'missing_content_type',
      { dimension: 'contentType', operator: 'equals', values: ['missing_content_type'] },
      (row) => ((row['content_type'] ?? '') as string).trim() === '',
    ],
  ])('filtered: %s', async (name, filter, keeps) => {
    for (const metric of ['mediaStarts', 'adTimeSpent']) {
      const answer = await ask({ metrics: [metric], dimensions: ['contentId'], filters: [filter] })
      const right = bruteForce(sessions, metric, { ...rangeMs, dimension: 'contentId', keeps })
      expectSame(figures(answer, metric, 'contentId'), right, name)
    }
    expect(new Set(sessions.map(({ session }) => keeps(session)))).toEqual(new Set([true, false]))
  })

  test.each([
    ['lessThan', (events: number) => events < 1],
    ['atMost', (events: number) => events <= 1],
    ['greaterThan', (events: number) => events > 1],
    ['atLeast', (events: number) => events >= 1],
  ] as const)('filtered: %s, at the number itself', async (operator, holds) => {
    const filter = { dimension: 'bufferEventsValue', operator, values: [1] }
    const keeps = (row: Row) => holds(Number(row['buffer_events']))
    const answer = await ask({ metrics: ['mediaStarts'], dimensions: ['channel'], filters: [filter] })
    const right = bruteForce(sessions, 'mediaStarts', { ...rangeMs, dimension: 'channel', keeps })
    expectSame(figures(answer, 'mediaStarts', 'channel'), right, operator)
    for (const events of [0, 1, 2])
      expect(sessions.some(({ session }) => session['buffer_events'] === events)).toBe(true)
  })

  test.each<[string, object, (row: Row) => boolean]>([
    [
      'the cause of the close',
      { dimension: 'closeCause', operator: 'equals', values: ['sessionEnd'] },
      (row) => row['close_cause'] === 'sessionEnd',
    ],
    [
      'another cause',
      { dimension: 'closeCause', operator: 'notEquals', values: ['sessionEnd'] },
      (row) => row['close_cause'] !== 'sessionEnd',
    ],
    [
      'a clock that is wrong',
      { dimension: 'clockWarnings', operator: 'equals', values: ['clock_offset'] },
      (row) => (row['clock_warnings'] as string[]).includes('clock_offset'),
    ],
    [
      'player states',
      { dimension: 'playerStates', operator: 'equals', values: ['mute'] },
      (row) => (row['states'] as { name: string }[]).some(({ name }) => /^mute$/i.test(name)),
    ],
    [
      'buffering',
      { dimension: 'bufferEventsValue', operator: 'atLeast', values: [1] },
      (row) => Number(row['buffer_events']) >= 1,
    ],
  ])('ads and chapters of the sessions that a filter keeps: %s', async (name, filter, keeps) => {
    const kept = sessions.filter(({ session }) => keeps(session))
    expect([0, sessions.length]).not.toContain(kept.length)
    for (const metric of ['mediaStarts', 'adStarts', 'adTimeSpent', 'chapterTimeSpent', 'adsPerStream']) {
      const answer = await ask({ metrics: [metric], dimensions: ['contentId'], filters: [filter] })
      const right = bruteForce(kept, metric, { ...rangeMs, dimension: 'contentId' })
      expect(right.size).toBeGreaterThan(0)
      expectSame(figures(answer, metric, 'contentId'), right, `${metric}, ${name}`)
    }
  })

  test('ads and chapters of the sessions that a filter keeps, ten days after these began', async () => {
    const [ahead, later] = [220 * 86_400_000, 230 * 86_400_000]
    const shifted = (row: Row, by: number, ...columns: readonly string[]): Row => ({
      ...row,
      sid: String(row['sid']).replace(/^(.{12})./, '$1f'),
      ...Object.fromEntries(columns.map((column) => [column, row[column] && Number(row[column]) + by])),
    })
    const part = (row: Row) =>
      shifted(
        { ...shifted(row, later, 'started_at', 'closed_at'), sid: row['sid'] },
        ahead,
        'session_started_at',
      )
    const long = sessions.slice(0, 60).map(({ session, ads, chapters }) => ({
      session: shifted(session, ahead, 'started_at', 'last_event_at', 'closed_at'),
      ads: ads.map(part),
      chapters: chapters.map(part),
    }))
    await insertSessions(store, long)
    const kept = long.filter(({ session }) => session['close_cause'] === 'sessionEnd')
    const asked = { fromMs: rangeMs.fromMs + later, toMs: rangeMs.toMs + later }
    const [from, to] = [asked.fromMs, asked.toMs].map((ms) => new Date(ms).toISOString())
    const filters = [{ dimension: 'closeCause', operator: 'equals', values: ['sessionEnd'] }]
    for (const metric of ['adStarts', 'adTimeSpent', 'chapterTimeSpent']) {
      const { totals } = await ask({ metrics: [metric], from, to, filters })
      const [right] = bruteForce(kept, metric, asked).values()
      expect(right).toBeGreaterThan(0)
      expect([metric, totals?.metrics[metric]]).toEqual([metric, right])
    }
  })

  test('segments, in any letter case', async () => {
    const is = (segment: string) => (row: Row) => {
      if (segment === 'all') return true
      const isWarned = (row['clock_warnings'] as string[]).length > 0
      if (segment === 'withClockWarnings') return isWarned
      if (segment === 'withoutClockWarnings') return !isWarned
      const isAudio = String(row['stream_type']).toLowerCase() === 'audio'
      if (segment === 'audio' || segment === 'video') return isAudio === (segment === 'audio')
      return String(row['content_type']).toLowerCase() === segment
    }
    for (const { id: segment } of segments) {
      const answer = await ask({ metrics: ['mediaStarts'], segments: [segment] })
      const [right] = bruteForce(sessions, 'mediaStarts', { ...rangeMs, keeps: is(segment) }).values()
      expect([segment, answer.totals?.metrics['mediaStarts']]).toEqual([segment, right ?? 0])
    }
  })

  test('only the report suites that may be seen, whatever is asked', async () => {
    const filters = [
      { dimension: 'reportSuite', operator: 'equals', values: ['suite-b', 'playhead.simulated'] },
    ]
    const { rows } = await ask(
      { metrics: ['mediaStarts', 'adStarts'], dimensions: ['reportSuite'], filters },
      ['suite-b'],
    )
    expect(rows.map(({ dimensions }) => dimensions['reportSuite'])).toEqual(['suite-b'])
    const keeps = (row: Row) => row['report_suite'] === 'suite-b'
    const [starts] = bruteForce(sessions, 'mediaStarts', { ...rangeMs, keeps }).values()
    const none = await ask({ metrics: ['mediaStarts'] }, [])
    expect([rows[0]?.metrics['mediaStarts'], none.totals?.metrics['mediaStarts']]).toEqual([starts, 0])
  })
})

describe('a comparison', () => {
  test('puts the same interval of the period before beside each', async () => {
    const query = {
      from: '2026-10-25',
      to: '2026-10-27',
      metrics: ['mediaStarts', 'contentTimeSpent'],
      granularity: 'day',
    }
    const answer = await ask({ ...query, compareTo: 'previousPeriod' })
    const before = await ask({ ...query, from: '2026-10-23', to: '2026-10-25' })
    const alone = await ask(query)
    expect(answer.comparedTo).toEqual({ from: '2026-10-23T00:00:00+02:00', to: '2026-10-25T00:00:00+02:00' })
    expect(answer.rows.map(({ metrics }) => metrics)).toEqual(alone.rows.map(({ metrics }) => metrics))
    expect(answer.rows.map(({ previous }) => previous)).toEqual(before.rows.map(({ metrics }) => metrics))
    expect(answer.totals?.previous).toEqual(before.totals?.metrics)
  })

  test.each([
    ['previousPeriod', '2026-03-01', '2026-04-01', '2026-02-01T00:00:00+01:00', '2026-03-01T00:00:00+01:00'],
    ['previousPeriod', '2026-10-26', '2026-10-27', '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00'],
    [
      'previousPeriod',
      '2026-10-26T10:00',
      '2026-10-26T12:00',
      '2026-10-26T08:00:00+01:00',
      '2026-10-26T10:00:00+01:00',
    ],
    ['previousYear', '2024-02-29', '2024-03-01', '2023-02-28T00:00:00+01:00', '2023-03-01T00:00:00+01:00'],
    ['2026-01-05', '2026-10-25', '2026-10-26', '2026-01-05T00:00:00+01:00', '2026-01-06T00:00:00+01:00'],
  ])('%s of %s to %s', async (compareTo, from, to, thenFrom, thenTo) => {
    const { comparedTo } = await ask({ from, to, compareTo, metrics: ['mediaStarts'] })
    expect(comparedTo).toEqual({ from: thenFrom, to: thenTo })
  })
})

describe('a page', () => {
  const query = { metrics: ['mediaStarts', 'uniqueViewers'], dimensions: ['contentId'] }

  test('goes on where the last one ended', async () => {
    const all = await ask(query)
    const pages = await Promise.all([0, 3, 6].map((offset) => ask({ ...query, limit: 3, offset })))
    expect(pages.flatMap(({ rows }) => rows)).toEqual(all.rows.slice(0, 9))
    expect(pages.map(({ page }) => page.rows)).toEqual([all.rows.length, all.rows.length, all.rows.length])
  })

  test('the top has the highest, and the rest is one row', async () => {
    const all = await ask(query)
    const [top, others] = [all.rows.slice(0, 4), all.rows.slice(4)]
    const { rows, totals } = await ask({ ...query, top: { count: 4, other: true } })
    expect(rows.slice(0, 4)).toEqual(top)
    const inRest = new Set(others.map(({ dimensions }) => dimensions['contentId']))
    const keeps = (row: Row) => inRest.has(row['content_id'] as string)
    const [starts] = bruteForce(sessions, 'mediaStarts', { ...rangeMs, keeps }).values()
    const [viewers] = bruteForce(sessions, 'uniqueViewers', { ...rangeMs, keeps }).values()
    expect(rows.slice(4)).toEqual([
      {
        isOther: true,
        dimensions: { contentId: null },
        metrics: { mediaStarts: starts, uniqueViewers: viewers },
      },
    ])
    expect(totals).toEqual(all.totals)
    expect((await ask({ ...query, top: { count: 4 } })).rows).toEqual(top)
  })

  test.each<[string, readonly string[], string]>([
    ['a session of two genres', ['genres'], 'mediaStarts'],
    ['a session of several states', ['playerStates'], 'contentTimeSpent'],
    ['a mean', ['genres'], 'averageBitrate'],
    ['viewers', ['playerStates'], 'uniqueViewers'],
    ['an ad of a session of two genres', ['genres'], 'adTimeSpent'],
    ['two lists and a text', ['playerStates', 'channel', 'genres'], 'contentTimeSpent'],
    ['a list and an hour', ['genres', 'hourOfDay'], 'adsPerStream'],
  ])('in the rest of a top each counts once: %s', async (_name, dimensions, metric) => {
    const asked = { metrics: [metric, 'mediaStarts'].slice(0, metric === 'mediaStarts' ? 1 : 2), dimensions }
    const all = (await ask({ ...asked, orderBy: `-${metric}` })).rows
    const top = all.slice(0, 2).map((row) => JSON.stringify(dimensions.map((id) => row.dimensions[id])))
    for (const granularity of [undefined, 'day']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { rows } = await ask({
        ...asked,
        top: { count: 2, other: true },
        ...(granularity && { granularity }),
        compareTo: 'previousPeriod',
      })
      const counted = { ...rangeMs, dimensions, hourOf, top, among: sessions }
      const right = bruteForce(sessions, metric, { ...counted, ...(granularity && { intervalOf: dayOf }) })
      const made = new Map(
        rows.map((row) => {
          const values = row.isOther ? [rest] : dimensions.map((id) => row.dimensions[id])
          return [JSON.stringify([row.start ?? '', ...values]), row.metrics[metric] ?? null] as const
        }),
      )
      expectSame(made, right, metric)
      expect(rows.filter(({ isOther }) => isOther).length).toBeGreaterThan(0)
    }
  })

  test('the top is that of the whole range, in each interval', async () => {
    const all = await ask(query)
    const top = new Set(all.rows.slice(0, 2).map(({ dimensions }) => dimensions['contentId']))
    const { rows } = await ask({ ...query, granularity: 'day', top: { count: 2, other: true } })
    expect(
      new Set(rows.filter(({ isOther }) => !isOther).map(({ dimensions }) => dimensions['contentId'])),
    ).toEqual(top)
    expect(rows.filter(({ isOther }) => isOther)).toHaveLength(3)
    expect(rows.reduce((sum, { metrics }) => sum + (metrics['mediaStarts'] ?? 0), 0)).toBe(
      all.totals?.metrics['mediaStarts'],
    )
  })

  test('is in the order that is asked for', async () => {
    const { rows } = await ask({ ...query, orderBy: 'contentId' })
    const ids = rows.map(({ dimensions }) => String(dimensions['contentId']))
    expect(ids).toEqual(ids.toSorted())
  })

  test('an empty range of time has nothing', async () => {
    const empty = { from: '2001-01-01', to: '2001-01-02', granularity: 'hour' }
    const { rows, totals, page } = await ask({ ...query, ...empty })
    expect({ rows, totals, page }).toEqual({
      rows: [],
      totals: { metrics: { mediaStarts: 0, uniqueViewers: 0 } },
      page: { offset: 0, limit: 10_000, rows: 0 },
    })
  })
})

test('no session ends before its last event, and none has that before it begins', async () => {
  const { sessions: listed } = await listSessions(store, { limit: 1000, filters: [] })
  expect(listed.length).toBeGreaterThan(sessions.length / 2)
  for (const { startedAt, lastEventAt, closedAt } of listed) {
    expect(startedAt <= lastEventAt, `${startedAt} ${lastEventAt}`).toBe(true)
    expect(closedAt === null || lastEventAt <= closedAt, `${lastEventAt} ${closedAt}`).toBe(true)
  }
  for (const part of sessions.flatMap(({ ads, chapters }) => [...ads, ...chapters])) {
    expect(Number(part['started_at'])).toBeGreaterThanOrEqual(Number(part['session_started_at']))
    expect(Number(part['closed_at'] ?? Infinity)).toBeGreaterThanOrEqual(Number(part['started_at']))
  }
})

test('of nothing, sums are 0, and means are null', async () => {
  const nothing = { filters: [{ dimension: 'contentId', operator: 'equals', values: ['no such content'] }] }
  const isNull = (id: string) =>
    calculatedMetrics.some((metric) => metric.id === id) ||
    reportMetrics.some((metric) => metric.id === id && metric.total.startsWith('mean'))
  for (const { id } of allMetrics) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { rows, totals } = await ask({ metrics: [id], ...nothing })
    const expected = isNull(id) ? null : 0
    expect([id, totals?.metrics[id]]).toEqual([id, expected])
    expect(rows.map(({ metrics }) => metrics[id])).toEqual(rows.map(() => expected))
  }
  // Open sessions have no time since the last call.
  const open = { filters: [{ dimension: 'status', operator: 'equals', values: ['open'] }] }
  expect((await ask({ metrics: ['sinceLastCall', 'mediaStarts'], ...open })).rows[0]?.metrics).toMatchObject({
    sinceLastCall: 0,
  })
})

test('means have twelve digits, and say over how many sessions they are', async () => {
  const metrics = [
    'averageBitrate',
    'framesPerSecond',
    'averageTimeToStart',
    'averageDroppedFrames',
    'mediaStarts',
  ]
  const { rows, totals } = await ask({ metrics, dimensions: ['playerName'] })
  const closed = (name: unknown) =>
    sessions
      .map(({ session }) => session)
      .filter(
        (row) =>
          (name === undefined || row['player_name'] === name) &&
          Boolean(row['content_id']) &&
          Number(row['closed_at'] ?? 0) >= rangeMs.fromMs &&
          Number(row['closed_at']) < rangeMs.toMs,
      )
  const isThere = (row: Row, column: string) => Number(row[column] ?? 0) > 0
  for (const row of [...rows, { ...totals, dimensions: { playerName: undefined } }]) {
    const found = closed(row.dimensions['playerName'])
    const timed = found.filter((each) => isThere(each, 'time_to_start_ms'))
    const measured = ['average_bitrate', 'frames_per_second', 'time_to_start_ms', 'dropped_frames']
    expect(row.basis).toEqual({
      averageBitrate: found.filter(
        (each) => each['average_bitrate'] !== null && isThere(each, 'media_time_spent_ms'),
      ).length,
      framesPerSecond: found.filter((each) => each['frames_per_second'] !== null).length,
      averageTimeToStart: timed.length,
      averageDroppedFrames: found.filter((each) => measured.some((column) => isThere(each, column))).length,
    })
    for (const [id, value] of Object.entries(row.metrics ?? {}))
      // Rule E-9.
      expect([id, value]).toEqual([id, value === null ? null : Number(value.toPrecision(12))])
  }
  expect((await ask({ metrics: ['mediaStarts', 'contentCompletionRate'] })).totals?.basis).toBeUndefined()
})

test('a value is one in any letter case, and written as the catalogue does, or as whoever was first', async () => {
  const valuesOf = async (dimension: string) =>
    (await ask({ metrics: ['mediaStarts'], dimensions: [dimension] })).rows.map(
      (row) => row.dimensions[dimension],
    )
  const types = await valuesOf('contentType')
  expect(types).toContain('vod')
  expect(types).not.toContain('VOD')
  expect(types.filter((type) => /^trailer$/i.test(String(type)))).toHaveLength(1)
  expect(await valuesOf('streamType')).toEqual(expect.arrayContaining(['audio', 'video']))
  const states = (await ask({ metrics: ['contentStarts'], dimensions: ['playerStates'] })).rows.map(
    ({ dimensions }) => dimensions['playerStates'],
  )
  expect(states).toContain('mute')
  expect(new Set(states.map((state) => String(state).toLowerCase())).size).toBe(states.length)
})

describe('is refused', () => {
  const query = { metrics: ['mediaStarts'], from: '2026-10-24', to: '2026-10-25' }

  test.each<[string, unknown, string[]]>([
    ['no object', [], ['wrong_type ']],
    ['nothing in it', {}, ['missing_member /from', 'missing_member /metrics', 'missing_member /to']],
    ['an unknown member', { ...query, metric: 'x' }, ['unknown_key /metric']],
    [
      'several problems of all kinds',
      { ...query, timezone: 'x', dimensions: ['chanel'], to: 'soon', granularity: 'daily', segments: ['x'] },
      [
        'value_not_allowed /granularity',
        'unknown_key /timezone',
        'report_id_unknown /dimensions/0',
        'report_id_unknown /segments/0',
        'range_invalid /to',
      ],
    ],
    [
      'a time zone and a day that there are not',
      { ...query, timeZone: 'Mars/Olympus', to: '2026-02-30' },
      ['range_invalid /timeZone', 'range_invalid /to'],
    ],
    [
      'unknown ids',
      { ...query, metrics: ['mediaStart'], dimensions: ['content'], segments: ['x'] },
      ['report_id_unknown /metrics/0', 'report_id_unknown /dimensions/0', 'report_id_unknown /segments/0'],
    ],
    ['ad dimensions of sessions', { ...query, dimensions: ['adId'] }, ['report_mismatch /dimensions/0']],
    [
      'results of the session of ads',
      { ...query, metrics: ['adStarts'], dimensions: ['status'] },
      ['report_mismatch /dimensions/0'],
    ],
    [
      'ad dimensions of sessions in a filter',
      { ...query, filters: [{ dimension: 'adId', operator: 'exists' }] },
      ['report_mismatch /filters/0'],
    ],
    ['no metric', { ...query, metrics: [] }, ['report_mismatch /metrics']],
    ['one twice', { ...query, metrics: ['adStarts', 'adStarts'] }, ['report_mismatch /metrics/1']],
    [
      'a value of another type',
      { ...query, filters: [{ dimension: 'contentLength', operator: 'equals', values: ['3'] }] },
      ['report_mismatch /filters/0/values/0'],
    ],
    [
      'too many filters and segments, whose ids are not looked at then',
      {
        ...query,
        filters: Array.from({ length: 21 }, () => ({ dimension: 'x', operator: 'exists' })),
        segments: Array.from({ length: 21 }, () => 'x'),
      },
      ['report_mismatch /filters', 'report_mismatch /segments'],
    ],
    ['an order by what is not asked for', { ...query, orderBy: 'adStarts' }, ['report_mismatch /orderBy']],
    ['a day that there is not', { ...query, from: '2026-02-30' }, ['range_invalid /from']],
    ['no time zone', { ...query, timeZone: 'Mars/Olympus' }, ['range_invalid /timeZone']],
    ['an end before the beginning', { ...query, to: '2026-10-24' }, ['range_invalid /to']],
    [
      'too many intervals',
      { ...query, from: '2000-01-01', granularity: 'second' },
      ['range_invalid /granularity'],
    ],
    ['too many rows', { ...query, limit: 10_001 }, ['report_mismatch /limit']],
    ['a limit of 0', { ...query, limit: 0 }, ['value_not_allowed /limit']],
  ])('%s', (_name, body, codes) => {
    expect(codesOf(body)).toEqual(codes)
  })

  test('with the nearest of what there is', () => {
    const wrong = {
      metrics: ['mediaStart', 'completionRate', 'states.mute.foo', 'state.mute.set', 'states', 'zzzz'],
      dimensions: ['content_id', 'c.'],
      segments: ['vodd', 'mobile'],
    }
    const resolved = resolveQuery({ ...query, ...wrong })
    const problems = resolved.ok ? [] : resolved.problems
    expect(Object.fromEntries(problems.map(({ pointer, hint }) => [pointer, hint]))).toEqual({
      '/metrics/0': 'did you mean mediaStarts?',
      '/metrics/1': 'did you mean adCompletionRate, mediaCompletionRate or contentCompletionRate?',
      '/metrics/2': 'did you mean states.mute.set, states.mute.count or states.mute.time?',
      '/metrics/3': 'did you mean states.mute.set, states.mute.count or states.mute.time?',
      '/metrics/4': 'did you mean states.<name>.set, states.<name>.count or states.<name>.time?',
      '/metrics/5': undefined,
      '/dimensions/0': 'did you mean contentId?',
      '/dimensions/1': 'did you mean c.<key>?',
      '/segments/0': 'did you mean vod?',
      '/segments/1': undefined,
    })
    expect(problems.find(({ pointer }) => pointer === '/segments/1')?.expected).toBe(
      `one of ${segments.map(({ id }) => id).join(', ')}`,
    )
  })

  test.each([
    ['daily', 'did you mean day?'],
    ['weekly', 'did you mean week?'],
    ['Hour', 'did you mean hour?'],
  ])('with the interval that %s stands for, and each of them named once', (granularity, hint) => {
    const resolved = resolveQuery({ ...query, granularity })
    const [problem] = resolved.ok ? [] : resolved.problems
    expect(problem).toMatchObject({
      message: `granularity must be one of 9 values, got string "${granularity}"`,
      hint,
    })
    expect(problem?.expected).toContain('"fiveMinutes"')
  })

  test('with the nearest of the first ten ids that there are not', () => {
    const metrics = Array.from({ length: 20 }, (_, nth) => `mediaStart${nth}`)
    const resolved = resolveQuery({ ...query, metrics })
    const problems = resolved.ok ? [] : resolved.problems
    expect(problems.map(({ hint }) => hint !== undefined)).toEqual(metrics.map((_, nth) => nth < 10))
  })
})
