import { ClickHouseError } from '@clickhouse/client'
import type { LogRecord } from '../log/record.ts'
import type { OldStore } from './oldStore.ts'

type EventRecord = Extract<LogRecord, { kind: 'event' }>

/** Events asked for at once. A real one has some hundred bytes, so this is ten megabytes. */
const eventsMax = 20_000
/** ClickHouse's MEMORY_LIMIT_EXCEEDED and TOO_MANY_ROWS_OR_BYTES: the answer would be larger than answers may be. */
const tooLargeCodes = new Set(['241', '396'])

const minutesSql = `
  SELECT toUnixTimestamp(toStartOfMinute(received_at)) * 1000 AS minute, count() AS events
  FROM events WHERE NOT has({broken:Array(String)}, _part)
  GROUP BY minute ORDER BY minute`
/** In the order in which they came in, which is that of the journal. */
const pageSql = `
  SELECT sid, seq, toUnixTimestamp64Milli(received_at) AS atMs, body
  FROM events
  WHERE received_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND received_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND (toUnixTimestamp64Milli(received_at), seq, sid) > ({atMs:Int64}, {seq:UInt64}, {sid:String})
    AND NOT has({broken:Array(String)}, _part)
  ORDER BY received_at, seq, sid
  LIMIT 1 BY sid, seq
  LIMIT {limit:UInt32}`

interface EventRow {
  readonly sid: string
  readonly seq: number
  /** Its arrival, epoch milliseconds. */
  readonly atMs: number
  readonly body: string
}

/** The archived events as records of the journal, in its order, but for those of some sessions. */
export async function* archivedEvents(
  store: OldStore,
  without: ReadonlySet<string>,
): AsyncGenerator<EventRecord> {
  const broken = store.brokenParts
  const minutes = await store.query<{ minute: number; events: number }>(minutesSql, { broken })
  for (const [from, to] of stretches(minutes)) {
    for (let after = { atMs: from - 1, seq: 0, sid: '' }, limit = eventsMax; ;) {
      const page = await readPage(store, { from, to, ...after, limit, broken })
      if (page === undefined) {
        limit = Math.ceil(limit / 2)
        continue
      }
      for (const { sid, seq, atMs: receivedAtMs, body } of page) {
        if (!without.has(sid)) yield { kind: 'event', seq, receivedAtMs, sid, body: Buffer.from(body) }
      }
      const last = page.at(-1)
      if (last === undefined || page.length < limit) break
      after = { atMs: last.atMs, seq: last.seq, sid: last.sid }
    }
  }
}

/** Neighbouring minutes, as many as fit on a page, and one at least; each from its beginning to its end. */
function* stretches(
  minutes: readonly { readonly minute: number; readonly events: number }[],
): Generator<[fromMs: number, toMs: number]> {
  let [from, to, events] = [0, 0, 0]
  for (const next of minutes) {
    if (events > 0 && events + next.events > eventsMax) {
      yield [from, to]
      events = 0
    }
    if (events === 0) from = next.minute
    to = next.minute + 60_000
    events += next.events
  }
  if (events > 0) yield [from, to]
}

/** `undefined` where the page would be too large, and could be smaller. */
async function readPage(
  store: OldStore,
  params: { readonly limit: number } & Readonly<Record<string, unknown>>,
): Promise<EventRow[] | undefined> {
  try {
    return await store.query<EventRow>(pageSql, params)
  } catch (error) {
    const isTooLarge = error instanceof ClickHouseError && tooLargeCodes.has(error.code)
    if (isTooLarge && params.limit > 1) return undefined
    throw error
  }
}
