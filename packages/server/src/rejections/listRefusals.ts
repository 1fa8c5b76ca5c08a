import { type Problem, problemCatalogue, type RefusalList } from '@playhead/protocol'
import type { Row } from '../projection/rows/row.ts'
import type { Store } from '../clickhouse/store.ts'
import { Params } from '../reports/query/params.ts'
import { timeOf } from '../reports/sessionHead.ts'

/** Refusals in one list when the request does not say. */
export const refusalsDefault = 50
/** Refusals in one list at most; each body has some kilobytes. */
export const refusalsMax = 500
/** Reasons in one list at most: a stranger's keys make as many as they like. */
const reasonsMax = 100

export interface RefusalQuery {
  readonly limit: number
  /** When they were refused, epoch milliseconds: at or after, and before. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  /** Of any problem. */
  readonly code?: string | undefined
  readonly sid?: string | undefined
}

/** Code and place of each problem of a refusal. */
const problemsSql = `JSONExtract(problems, 'Array(Tuple(code String, pointer String))')`

/**
 * What was refused and why, the most frequent reasons and the latest bodies first. Rows without a code count what was not
 * kept: they have no body.
 */
export async function listRefusals(store: Pick<Store, 'query'>, query: RefusalQuery): Promise<RefusalList> {
  const params = new Params()
  const from = `FROM refusals WHERE ${conditions(query, params)}`
  const [totals, reasons, refusals] = await Promise.all([
    store.query<Row>(`SELECT toInt64(sum(alike)) AS requests ${from}`, params.values),
    store.query<Row>(
      `SELECT endpoint, problem.1 AS problem_code, problem.2 AS place, toInt64(sum(alike)) AS times, toUnixTimestamp64Milli(max(at)) AS last_at FROM (SELECT endpoint, arrayJoin(arrayDistinct(${problemsSql})) AS problem, alike, at ${from}) GROUP BY endpoint, problem_code, place ORDER BY times DESC, endpoint, problem_code, place LIMIT ${reasonsMax}`,
      params.values,
    ),
    store.query<Row>(
      `SELECT toUnixTimestamp64Milli(at) AS at_ms, endpoint, sid, problems, body, alike ${from} AND code != '' ORDER BY at DESC, ordinal DESC LIMIT ${params.add(query.limit, 'UInt32')}`,
      params.values,
    ),
  ])
  return {
    requests: Number(totals[0]?.['requests']),
    reasons: reasons.map((row) => ({
      endpoint: String(row['endpoint']),
      code: String(row['problem_code']),
      pointer: String(row['place']),
      times: Number(row['times']),
      lastAt: timeOf(row['last_at']) ?? '',
    })),
    refusals: refusals.map((row) => ({
      at: timeOf(row['at_ms']) ?? '',
      endpoint: String(row['endpoint']),
      sid: row['sid'] === '' ? null : String(row['sid']),
      problems: (JSON.parse(String(row['problems'])) as Problem[]).map(withRemedy),
      body: String(row['body']),
      alike: Number(row['alike']),
    })),
  }
}

function conditions({ fromMs = 0, toMs, code, sid }: RefusalQuery, params: Params): string {
  const moment = (epochMs: number) => `fromUnixTimestamp64Milli(${params.add(epochMs, 'Int64')}, 'UTC')`
  return [
    `at >= ${moment(fromMs)}`,
    ...(toMs === undefined ? [] : [`at < ${moment(toMs)}`]),
    ...(code === undefined ? [] : [`has(${problemsSql}.1, ${params.add(code, 'String')})`]),
    ...(sid === undefined ? [] : [`sid = ${params.add(sid, 'String')}`]),
  ].join(' AND ')
}

/** What the code says in general, where the problem has no hint of its own; as it was answered. */
function withRemedy(problem: Problem): Problem {
  return { ...problem, hint: problem.hint ?? problemCatalogue[problem.code].remedy }
}
