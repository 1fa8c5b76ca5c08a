import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../dist/clickhouse/openStore.js'
import type { Store } from '../../dist/clickhouse/store.js'
import { answerQuery } from '../../src/reports/query/answerQuery.ts'
import { resolveQuery } from '../../src/reports/query/resolveQuery.ts'

const viewers = 200_000
const days = 4
/** What the rule of the metric says: exact up to some thousands, then within about 1 %. */
const exactMax = 2000
const errorMax = 0.01

let folder: string
let store: Store

/** Each viewer comes on one day, every other one on the next day too; and a few watch something small. */
interface Visit {
  readonly viewer: number
  readonly day: number
  readonly content: string
}
const visits: readonly Visit[] = Array.from({ length: viewers }, (_, viewer) => ({
  viewer,
  day: viewer % days,
  content: viewer % 100 === 0 ? 'small' : `large ${viewer % 3}`,
})).flatMap((visit) =>
  visit.viewer % 2 === 0 ? [visit, { ...visit, day: (visit.day + 1) % days }] : [visit],
)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-viewers-'))
  store = openStore({ dataDir: folder })
  await store.whenReady()
  const rows = visits.map(({ viewer, day, content }, nth) => ({
    sid: `s${nth}`,
    version: 1,
    status: 'open',
    started_at: Date.parse('2026-11-01T12:00Z') + day * 86_400_000,
    content_id: content,
    visitor: `aid-${viewer}`,
    media_starts: true,
  }))
  for (let from = 0; from < rows.length; from += 50_000)
    // oxlint-disable-next-line no-await-in-loop -- few large inserts, one after the other
    await store.insert('sessions', rows.slice(from, from + 50_000), `viewers ${from}`)
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

async function ask(more: object) {
  const resolved = resolveQuery({
    metrics: ['uniqueViewers', 'mediaStarts'],
    from: '2026-11-01',
    to: '2026-11-05',
    limit: 100,
    ...more,
  })
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
  return answerQuery(store, resolved.value)
}

function expectViewers(told: number | null | undefined, of: readonly Visit[]): void {
  const right = new Set(of.map(({ viewer }) => viewer)).size
  if (right <= exactMax) expect(told).toBe(right)
  else expect(Math.abs(Number(told) - right) / right).toBeLessThan(errorMax)
}

test('two hundred thousand viewers, who come on several days, are within the error that is stated', async () => {
  const { rows, totals } = await ask({ granularity: 'day' })
  expect(totals?.metrics['mediaStarts']).toBe(visits.length)
  expectViewers(totals?.metrics['uniqueViewers'], visits)
  expect(rows).toHaveLength(days)
  for (const [day, { metrics }] of rows.entries())
    expectViewers(
      metrics['uniqueViewers'],
      visits.filter((visit) => visit.day === day),
    )
})

test('some thousands are exact, beside many that are not, and the rest of a top is within the error', async () => {
  const { rows } = await ask({ dimensions: ['contentId'] })
  expect(rows.map(({ dimensions }) => dimensions['contentId'])).toHaveLength(4)
  for (const { dimensions, metrics } of rows)
    expectViewers(
      metrics['uniqueViewers'],
      visits.filter(({ content }) => content === dimensions['contentId']),
    )
  const top = await ask({ dimensions: ['contentId'], top: { count: 1, other: true } })
  const [first, other] = top.rows
  expect([top.rows.length, other?.isOther]).toEqual([2, true])
  expectViewers(
    other?.metrics['uniqueViewers'],
    visits.filter(({ content }) => content !== first?.dimensions['contentId']),
  )
})
