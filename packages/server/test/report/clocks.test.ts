import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dayOf, startOfDay, type TimeZone, timeZone } from '@playhead/protocol'
import moment from 'moment-timezone'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../dist/clickhouse/openStore.js'
import type { Store } from '../../dist/clickhouse/store.js'
import { answerTimeSpent } from '../../src/reports/panels/timeSpent.ts'
import { bucketsOf } from '../../src/reports/query/buckets.ts'
import { clockSql, dayOfWeekSql, isoSql, partOfDaySql } from '../../src/reports/query/clockSql.ts'
import { Params } from '../../src/reports/query/params.ts'

/**
 * Every clock of the platform against moment-timezone, which has its own copy of the IANA's data and shares no code with
 * it, and the store's texts against ours.
 */
const hourMs = 3_600_000
const lastMs = Date.UTC(2025, 0, 1)
/** The odd zones are looked at from the beginning; with CLOCKS_SINCE=1970 all are, which takes four times as long. */
const since = Number(process.env['CLOCKS_SINCE'] ?? 2010)
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')].flatMap((name) => timeZone(name) ?? [])
/** Gaps and folds of an hour and of half of one, by day and at midnight, a day that is left out, and what never changes. */
const oddZones = [
  'UTC',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'America/Havana',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Pyongyang',
  'Australia/Lord_Howe',
  'Etc/GMT+12',
  'Europe/Berlin',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Kwajalein',
].map(zoneNamed)

let folder: string
let store: Store

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-clocks-'))
  store = openStore({ dataDir: folder })
  await store.whenReady()
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

function zoneNamed(name: string): TimeZone {
  const zone = timeZone(name)
  if (zone === undefined) throw new Error(`no zone ${name}`)
  return zone
}

function firstOf(zone: string): number {
  return Date.UTC(oddZones.some(({ name }) => name === zone) ? 1970 : since, 0, 2)
}

/** Both sides of every change of a clock, and the first and last moment looked at. */
function sides({ name }: TimeZone): number[] {
  const firstMs = firstOf(name)
  const changes = (moment.tz.zone(name)?.untils ?? []).filter((ms) => ms > firstMs && ms < lastMs)
  return [firstMs, ...changes.flatMap((ms) => [ms - 1000, ms]), lastMs]
}

/** How far a clock is ahead, milliseconds: seconds included. */
function aheadMs({ name }: TimeZone, atMs: number): number {
  return Math.round((moment.tz.zone(name)?.utcOffset(atMs) ?? 0) * -60_000)
}

test('clocks are those of the IANA, and written as ISO 8601', () => {
  const wrong = new Map<string, string[]>()
  let compared = 0
  for (const zone of zones) {
    for (const atMs of sides(zone)) {
      compared += 1
      const isRight =
        zone.clockAt(atMs) - atMs === aheadMs(zone, atMs) &&
        (aheadMs(zone, atMs) % 60_000 !== 0 || zone.iso(atMs) === isoOf(zone, atMs)) &&
        Date.parse(zone.iso(atMs)) === atMs
      if (!isRight) wrong.set(zone.name, [...(wrong.get(zone.name) ?? []), zone.iso(atMs)])
    }
  }
  expect(compared).toBeGreaterThan(5000)
  // Now and then the IANA corrects the past of a few places, and versions of its data differ in them.
  expect([...wrong.keys()].length, JSON.stringify([...wrong])).toBeLessThan(8)
  for (const { name } of oddZones) expect(wrong.get(name)).toBeUndefined()
})

function isoOf({ name }: TimeZone, atMs: number): string {
  return moment.tz(atMs, name).format('YYYY-MM-DDTHH:mm:ssZ')
}

test('the store writes and divides times as we do, in every zone at both sides of every change', async () => {
  for (const zone of zones) {
    const instants = sides(zone)
    const range = { zone, fromMs: firstOf(zone.name), toMs: lastMs + 1 }
    const params = new Params()
    const clock = clockSql('ms', range, params)
    const figures = [isoSql('ms', range, params), partOfDaySql(clock, 15), dayOfWeekSql(clock)]
    const sql = `SELECT ${figures.map((figure, nth) => `${figure} AS f${nth}`).join(', ')} FROM (SELECT arrayJoin(${params.add(instants, 'Array(Int64)')}) AS ms)`
    // oxlint-disable-next-line no-await-in-loop -- one zone after the other
    const rows = await store.query<{ f0: string; f1: number; f2: number }>(sql, params.values)
    const right = instants.map((atMs) => {
      const shown = new Date(zone.clockAt(atMs))
      const quarter = Math.floor((shown.getUTCHours() * 60 + shown.getUTCMinutes()) / 15)
      return { f0: zone.iso(atMs), f1: quarter, f2: shown.getUTCDay() || 7 }
    })
    expect(rows, zone.name).toEqual(right)
  }
})

test('days follow each other, also where a clock is set over midnight', async () => {
  for (const zone of oddZones) {
    for (const changeMs of sides(zone).filter((_, nth) => nth % 2 === 0)) {
      const [fromMs, toMs] = [changeMs - 40 * hourMs, changeMs + 40 * hourMs]
      const range = { zone, fromMs, toMs }
      const buckets = bucketsOf('day', range, [])
      if (buckets === undefined) throw new Error('no days')
      const halfHours = Array.from({ length: 160 }, (_, nth) => fromMs + nth * (hourMs / 2))
      // St. John's went back at a minute past midnight.
      const instants = [...halfHours, changeMs - 1000].toSorted((a, b) => a - b)
      const params = new Params()
      const sql = `SELECT ${buckets.indexOfMsSql('ms', params)} AS n FROM (SELECT arrayJoin(${params.add(instants, 'Array(Int64)')}) AS ms)`
      // oxlint-disable-next-line no-await-in-loop -- one change after the other
      const rows = await store.query<{ n: number }>(sql, params.values)
      // A day that has begun goes on, whatever the clock shows.
      let latest = -Infinity
      const days = instants.map((atMs) => (latest = Math.max(latest, dayOf(atMs + aheadMs(zone, atMs)))))
      const right = days.map((day) => [...new Set(days)].indexOf(day))
      expect(
        rows.map(({ n }) => n),
        `${zone.name} ${zone.iso(changeMs)}`,
      ).toEqual(right)
      for (const [nth, atMs] of instants.entries()) {
        const n = right[nth] ?? 0
        expect(buckets.startMs(n) <= atMs && atMs < buckets.startMs(n + 1), zone.iso(atMs)).toBe(true)
      }
    }
  }
})

test('a day that the calendar left out is no interval', async () => {
  const zone = zoneNamed('Pacific/Apia')
  const [fromMs, toMs] = [29, 32].map((day) => startOfDay(zone, Date.UTC(2011, 11, day))) as [number, number]
  const range = { zone, fromMs, toMs }
  const buckets = bucketsOf('day', range, [])
  if (buckets === undefined) throw new Error('no days')
  const { rows, total } = await answerTimeSpent(
    store,
    { range, filters: [], request: range as never },
    buckets,
  )
  expect(rows).toEqual([
    { start: '2011-12-29T00:00:00-10:00', seconds: 0 },
    { start: '2011-12-31T00:00:00+14:00', seconds: 0 },
  ])
  expect(total).toEqual({ sum: 0, max: 0, min: 0 })
})

test.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['Australia/Lord_Howe', '2026-04-05', 25],
  ['Pacific/Apia', '2011-12-31', 24],
])('%s: %s has %i hours, each told by its own time', (name, day, count) => {
  const zone = zoneNamed(name)
  const fromMs = startOfDay(zone, Date.parse(day))
  const toMs = startOfDay(zone, Date.parse(day) + 86_400_000)
  const buckets = bucketsOf('hour', { zone, fromMs, toMs }, [])
  const times = Array.from({ length: buckets?.count ?? 0 }, (_, nth) => zone.iso(buckets?.startMs(nth) ?? 0))
  expect(times).toHaveLength(count)
  expect(new Set(times).size).toBe(count)
  expect(times.every((time) => time.startsWith(day))).toBe(true)
})
