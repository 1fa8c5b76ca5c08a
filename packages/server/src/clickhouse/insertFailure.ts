import { ClickHouseError } from '@clickhouse/client'
import { isOfValues, RowsRefused } from './rowsRefused.ts'
import { StoreUnavailable } from './storeUnavailable.ts'

/**
 * Why an insert failed. A closed list: whoever inserts decides by it whether to wait, to find the rows that are wrong, or
 * to find out more.
 */
export const InsertFailure = {
  /** The rows are wrong: the store will never take them. */
  rows: 'rows',
  /** The store says that it takes nothing now: its disk is full or read-only, it has too much to do. Only waiting helps. */
  store: 'store',
  /**
   * Either may be wrong, or the table, or a bug of ours: the connection is lost, memory or time is exceeded, an unknown
   * error. Whether the store takes other rows tells more (`Store.probe`).
   */
  unclear: 'unclear',
} as const
export type InsertFailure = (typeof InsertFailure)[keyof typeof InsertFailure]

/**
 * ClickHouse's codes for a store that takes nothing: disk (74, 75, 76, 243), read-only tables and replicas away (225, 242, 285,
 * 319, 999), too many queries (202), too many parts (252).
 */
const storeCodes = new Set('74 75 76 202 225 242 243 252 285 319 999'.split(' '))
/** ClickHouse's codes for what may pass, or may be due to the rows' size: time (159, 209), memory (241), being stopped (236, 394). */
const unclearCodes = new Set('159 209 236 241 394'.split(' '))

export function insertFailureOf(error: unknown): InsertFailure {
  if (error instanceof RowsRefused) return InsertFailure.rows
  const answer = error instanceof StoreUnavailable ? error.cause : error
  return answer instanceof ClickHouseError && storeCodes.has(answer.code)
    ? InsertFailure.store
    : InsertFailure.unclear
}

/**
 * The error of an insert as `Store.insert` throws it: it names the batch and the table, and repeats nothing of the rows.
 *
 * @param where the batch and the table
 */
export function insertErrorOf(error: unknown, where: string): unknown {
  if (error instanceof StoreUnavailable)
    return new StoreUnavailable(`insert of ${where}: ${error.reason}`, { cause: error.cause })
  if (!(error instanceof ClickHouseError)) return error
  const message = `insert of ${where}: ${reasonOf(error)}`
  if (storeCodes.has(error.code) || unclearCodes.has(error.code))
    return new StoreUnavailable(message, { cause: error })
  if (isOfValues(error)) return new RowsRefused(message, error)
  error.message = message
  return error
}

/** What ClickHouse minds. Not its message: it repeats the rows, which may hold what is nobody's business. */
function reasonOf({ code, type, message }: ClickHouseError): string {
  const [, column] = /while reading the value of key (\w+)/.exec(message) ?? []
  return `ClickHouse ${code} ${type}${column === undefined ? '' : `, column ${column}`}`
}
