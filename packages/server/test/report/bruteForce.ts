import {
  calculatedMetrics,
  columnOf,
  reportDimensions,
  type ReportedAt,
  reportMetrics,
} from '@playhead/protocol'
import type { SessionRows } from '../../src/projection/archive/sessionRows.ts'
import type { Row } from '../../src/projection/rows/row.ts'

/** What a report should say, computed from the rows one by one: no SQL, and nothing of the planner. */
export interface Asked {
  readonly fromMs: number
  readonly toMs: number
  readonly dimension?: string
  /** Of several: every combination of their values. */
  readonly dimensions?: readonly string[]
  /** Name of an interval by its time. */
  readonly intervalOf?: (epochMs: number) => string
  readonly keeps?: (row: Row) => boolean
  readonly hourOf?: (epochMs: number) => { readonly hour: number; readonly weekday: number }
  /** All values but these are one, `rest`: JSON of each combination. */
  readonly top?: readonly string[]
  /** The sessions that tell how a value is written; absent: those that count. */
  readonly among?: readonly SessionRows[]
}

export const rest = 'the rest'

/** Figure by interval and values: `["interval", value]` in JSON. */
export type Figures = ReadonlyMap<string, number | null>

export function bruteForce(sessions: readonly SessionRows[], metric: string, asked: Asked): Figures {
  const calculated = calculatedMetrics.find(({ id }) => id === metric)
  if (calculated) {
    const at = ofClosed.has(metric) ? 'sessionClose' : undefined
    const parts = calculated.of.split('-').map((id) => raw(sessions, id, asked, at))
    const by = raw(sessions, calculated.by, asked, at)
    const keys = new Set([...parts, by].flatMap((figures) => [...figures.keys()]))
    return new Map(
      [...keys].map((key) => {
        const [first = 0, ...others] = parts.map((figures) => figures.get(key) ?? 0)
        const divisor = by.get(key) ?? 0
        return [key, divisor === 0 ? null : others.reduce((sum, each) => sum - each, first) / divisor]
      }),
    )
  }
  const isDuration =
    /^states\..*\.time$/.test(metric) || reportMetrics.find(({ id }) => id === metric)?.kind === 'duration'
  const figures = raw(sessions, metric, asked)
  if (!isDuration) return figures
  return new Map([...figures].map(([key, s]) => [key, s === null ? null : Math.floor(s + 0.5)]))
}

/** Calculated metrics that know nothing of open sessions. */
const ofClosed = new Set([
  'averageMediaTimeSpent',
  'mediaCompletionRate',
  'dropBeforeStartRate',
  'preRollDropRate',
])

/** Durations in seconds with a fraction. */
function raw(
  sessions: readonly SessionRows[],
  id: string,
  asked: Asked,
  reportedAt?: ReportedAt,
): Map<string, number | null> {
  const found = new Map<string, Row[]>()
  const usual = reportMetrics.find((metric) => metric.id === id)?.reportedAt ?? 'sessionClose'
  for (const { row, atMs } of reportsOf(sessions, reportedAt ?? usual)) {
    if (atMs === null || atMs < asked.fromMs || atMs >= asked.toMs) continue
    if (asked.keeps && !asked.keeps(row)) continue
    const all = combinations(row, atMs, { ...asked, among: asked.among ?? sessions }).map((values) =>
      asked.top && !asked.top.includes(JSON.stringify(values)) ? [rest] : values,
    )
    for (const text of new Set(all.map((values) => JSON.stringify(values)))) {
      const key = JSON.stringify([asked.intervalOf?.(atMs) ?? '', ...(JSON.parse(text) as unknown[])])
      found.set(key, [...(found.get(key) ?? []), row])
    }
  }
  return new Map([...found].map(([key, rows]) => [key, total(rows, id)]))
}

function reportsOf(
  sessions: readonly SessionRows[],
  at: ReportedAt,
): readonly { readonly row: Row; readonly atMs: number | null }[] {
  const time = (row: Row, column: string) => row[column] as number | null
  // What has no id is in no report (rules 6.9 and 6.10).
  const named = ({ session }: SessionRows) => session['content_id'] !== '' && session['content_id'] !== null
  const reported = sessions.filter(named)
  switch (at) {
    case 'sessionStart':
      return reported.map(({ session }) => ({ row: session, atMs: time(session, 'started_at') }))
    case 'sessionClose':
      return reported.map(({ session }) => ({ row: session, atMs: time(session, 'closed_at') }))
    case 'adStart':
    case 'adClose':
      return reported
        .flatMap(({ session, ads }) => ads.map((ad) => withMetadata(session, ad)))
        .filter((ad) => ad['ad_id'] !== '')
        .map((row) => ({ row, atMs: time(row, at === 'adStart' ? 'started_at' : 'closed_at') }))
    case 'chapterClose':
      return reported
        .flatMap(({ session, chapters }) => chapters.map((chapter) => withMetadata(session, chapter)))
        .map((row) => ({ row, atMs: time(row, 'closed_at') }))
  }
}

/** An ad or a chapter by its session's custom metadata, too; its own values come first. */
function withMetadata(session: Row, part: Row): Row {
  return { ...part, custom_metadata: { ...metadataOf(session), ...metadataOf(part) } }
}

function metadataOf(row: Row): Record<string, string> {
  return row['custom_metadata'] as Record<string, string>
}

function combinations(row: Row, atMs: number, asked: Asked): readonly (readonly unknown[])[] {
  const { dimension, dimensions = dimension === undefined ? [] : [dimension] } = asked
  if (dimensions.length === 0) return [['']]
  return dimensions.reduce<readonly (readonly unknown[])[]>(
    (some, id) => some.flatMap((values) => valuesOf(row, atMs, id, asked).map((value) => [...values, value])),
    [[]],
  )
}

function valuesOf(row: Row, atMs: number, id: string, asked: Asked): readonly unknown[] {
  const { hourOf } = asked
  if (id.startsWith('c.')) return [metadataOf(row)[id.slice(2)] || null]
  if (id === 'hourOfDay') return [hourOf?.(atMs).hour]
  if (id === 'dayOfWeek') return [hourOf?.(atMs).weekday]
  if (id === 'contentType') {
    const type = (row['content_type'] ?? null) as string | null
    return [
      type === null || type.trim() === '' ? 'missing_content_type' : written(type, 'content_type', asked),
    ]
  }
  if (id === 'streamType') {
    const type = (row['stream_type'] ?? null) as string | null
    return [type === null || type === '' ? null : written(type, 'stream_type', asked)]
  }
  const dimension = reportDimensions.find((each) => each.id === id)
  if (dimension === undefined) throw new Error(`no dimension ${id}`)
  const value =
    id === 'playerStates'
      ? statesOf(row).map(({ name }) => written(name, 'states', asked))
      : (row[dimension.column] ?? null)
  if (dimension.type === 'list') {
    const list = [...new Set(value as string[])]
    return list.length === 0 ? [null] : list
  }
  if (dimension.isDuration) return [Math.floor(Number(value) / 1000 + 0.5)]
  return [value === '' ? null : value]
}

const catalogued = [
  'vod',
  'live',
  'audio',
  'video',
  'fullScreen',
  'closedCaptioning',
  'mute',
  'inFocus',
].concat(['linear', 'podcast', 'audiobook', 'aod', 'pictureInPicture'])

/** As the catalogue writes it, or whoever began first: sessions of the range, and of a week before. */
function written(value: string, column: string, { among = [], fromMs, toMs }: Asked): string {
  const isSame = (other: string) => other.toLowerCase() === value.toLowerCase()
  const known = catalogued.find(isSame)
  if (known !== undefined) return known
  const [first] = among
    .map(({ session }) => session)
    .filter(({ started_at: at }) => Number(at) >= fromMs - 7 * 86_400_000 && Number(at) < toMs)
    .flatMap((session) => {
      const values =
        column === 'states' ? statesOf(session).map(({ name }) => name) : [(session[column] ?? '') as string]
      return values.filter(isSame).map((text) => ({ at: Number(session['started_at']), text }))
    })
    .toSorted((a, b) => a.at - b.at || (a.text < b.text ? -1 : 1))
  return first?.text ?? value.toLowerCase()
}

function statesOf(row: Row) {
  return row['states'] as { name: string; count: number; time_ms: number }[]
}

function total(rows: readonly Row[], id: string): number | null {
  if (id === 'uniqueViewers') return new Set(rows.map((row) => row['visitor'])).size
  const [, name, leaf] = /^states\.(.+)\.(set|count|time)$/.exec(id) ?? []
  if (name !== undefined) return stateTotal(rows, name, leaf)
  const sent = sentColumns.get(id)
  if (sent) return rows.filter((row) => sent.some((column) => Number(row[column] ?? 0) !== 0)).length
  const metric = reportMetrics.find((each) => each.id === id)
  if (metric === undefined) throw new Error(`no metric ${id}`)
  const values = rows.flatMap((row) => {
    const value = row[columnOf(metric)] ?? null
    return value === null ? [] : [{ value: Number(value), weight: Number(row['media_time_spent_ms']) }]
  })
  const sum = values.reduce((all, { value }) => all + value, 0)
  if (metric.total === 'mean') return values.length === 0 ? null : sum / values.length
  if (metric.total === 'meanByTime') {
    const weights = values.reduce((all, { weight }) => all + weight, 0)
    return weights === 0 ? null : values.reduce((all, { value, weight }) => all + value * weight, 0) / weights
  }
  return metric.kind === 'duration' ? sum / 1000 : sum
}

const sentColumns = new Map([
  ['timeToStartStreams', ['time_to_start_ms']],
  ['qualityStreams', ['average_bitrate', 'frames_per_second', 'time_to_start_ms', 'dropped_frames']],
])

function stateTotal(rows: readonly Row[], name: string, leaf: string | undefined): number {
  const states = rows.flatMap((row) =>
    statesOf(row).filter((state) => state.name.toLowerCase() === name.toLowerCase()),
  )
  if (leaf === 'set') return states.length
  if (leaf === 'count') return states.reduce((sum, { count }) => sum + count, 0)
  return states.reduce((sum, { time_ms: ms }) => sum + ms, 0) / 1000
}
