import type { Readable } from 'node:stream'
import {
  audienceQuery,
  concurrentQuery,
  type CustomMetadataKeys,
  type Problem,
  type RefusalList,
  type ReportFormat,
  type ReportResult,
  retentionQuery,
  startsByTimeOfDayQuery,
  timeSpentQuery,
  accepted,
  refused,
  type Result,
} from '@playhead/protocol'
import type { SessionRules } from '@playhead/engine'
import type { StoreReader } from '../clickhouse/store.ts'
import { answerAudienceOfContents, answerAudienceOfPeriod } from './panels/audience.ts'
import { answerConcurrent, concurrentBuckets } from './panels/concurrent.ts'
import { panelBuckets, resolvePanel } from './panels/resolvePanel.ts'
import { answerRetention } from './panels/retention.ts'
import { answerStartsByTimeOfDay } from './panels/startsByTimeOfDay.ts'
import { answerTimeSpent } from './panels/timeSpent.ts'
import { answerQuery } from './query/answerQuery.ts'
import { planQuery } from './query/planQuery.ts'
import { resolveQuery } from './query/resolveQuery.ts'
import { type ReadOptions, readSession } from './readSession.ts'
import { renderSession, type SessionReport } from './renderSession.ts'
import { refusingAtBounds } from './reportRefused.ts'
import { customMetadataKeys, type CustomMetadataQuery } from './customMetadataKeys.ts'
import { type InstrumentationHealth, instrumentationHealth, type HealthQuery } from './health.ts'
import { listRefusals, type RefusalQuery } from '../rejections/listRefusals.ts'
import { listSessions, type SessionList, type SessionListQuery } from './listSessions.ts'

/** Thrown by every report while the store is away. */
export { StoreUnavailable } from '../clickhouse/storeUnavailable.ts'
/** Thrown by a report that came to a bound. */
export { ReportRefused } from './reportRefused.ts'

/** A report as a file. */
export interface Table {
  readonly format: Exclude<ReportFormat, 'json'>
  readonly bytes: Readable
}

export const panelNames = [
  'concurrent',
  'time-spent',
  'average-minute-audience',
  'retention',
  'starts-by-time-of-day',
] as const
export type PanelName = (typeof panelNames)[number]

/** What can be asked of the store. */
export interface Reports {
  /** One session with all its numbers; `undefined` when the store has not heard of it (yet). */
  session(sid: string, options: ReadOptions): Promise<SessionReport | undefined>
  /** Sessions by start, newest first. */
  sessions(query: SessionListQuery): Promise<SessionList>
  /** Metrics by dimensions, as `reportQuery` of the protocol asks for them. */
  query(body: unknown): Promise<Result<ReportResult | Table>>
  panel(name: PanelName, body: unknown): Promise<Result<object>>
  /** Which keys of custom metadata there are to ask for. */
  customMetadataKeys(query: CustomMetadataQuery): Promise<CustomMetadataKeys>
  /** What was not taken, and why. */
  refusals(query: RefusalQuery): Promise<RefusalList>
  /** The warnings on the sessions of a range, by player and version. */
  instrumentationHealth(query: HealthQuery): Promise<InstrumentationHealth>
}

/** @param reader reads what whoever asks may see: all of it, or `Store.seenBy` */
export function createReports(reader: StoreReader, rules: SessionRules): Reports {
  const store = refusingAtBounds(reader)
  return {
    async session(sid, options) {
      const read = await readSession(store, rules, sid, options)
      return read && renderSession(read)
    },
    sessions: (query) => listSessions(store, query),
    query: (body) => runQuery(store, body),
    panel: (name, body) => runners[name](store, body),
    customMetadataKeys: (query) => customMetadataKeys(store, query),
    refusals: (query) => listRefusals(store, query),
    instrumentationHealth: (query) => instrumentationHealth(store, query),
  }
}

async function runQuery(store: StoreReader, body: unknown): Promise<Result<ReportResult | Table>> {
  const resolved = resolveQuery(body)
  if (!resolved.ok) return resolved
  const { format } = resolved.value
  if (format === 'json') return accepted(await answerQuery(store, resolved.value))
  const { sql, params } = planQuery(resolved.value).rows
  return accepted({ format, bytes: await store.export(sql, params, format) })
}

type Runner = (store: StoreReader, body: unknown) => Promise<Result<object>>

const runners: Readonly<Record<PanelName, Runner>> = {
  concurrent: (store, body) =>
    answered(resolvePanel(concurrentQuery, body), (panel, problems) => {
      const buckets = concurrentBuckets(panel, problems)
      return buckets && answerConcurrent(store, panel, buckets)
    }),
  'time-spent': (store, body) =>
    answered(resolvePanel(timeSpentQuery, body), (panel, problems) => {
      const buckets = panelBuckets(panel.request.granularity, panel.range, 'minute', problems)
      return buckets && answerTimeSpent(store, panel, buckets)
    }),
  'average-minute-audience': (store, body) =>
    answered(resolvePanel(audienceQuery, body), (panel, problems) => {
      if (panel.request.per === 'content') return answerAudienceOfContents(store, panel)
      const buckets = panelBuckets(panel.request.granularity, panel.range, 'fiveMinutes', problems)
      return buckets && answerAudienceOfPeriod(store, panel, buckets)
    }),
  retention: (store, body) =>
    answered(resolvePanel(retentionQuery, body), (panel) => answerRetention(store, panel)),
  'starts-by-time-of-day': (store, body) =>
    answered(resolvePanel(startsByTimeOfDayQuery, body), (panel) => answerStartsByTimeOfDay(store, panel)),
}

async function answered<Query, Answer extends object>(
  resolved: Result<Query>,
  run: (query: Query, problems: Problem[]) => Promise<Answer> | undefined,
): Promise<Result<Answer>> {
  if (!resolved.ok) return resolved
  const problems: Problem[] = []
  const answer = await run(resolved.value, problems)
  return answer === undefined ? refused(problems) : accepted(answer)
}
