import { ClickHouseError } from '@clickhouse/client'
import type { LogRecord } from '../log/record.ts'
import type { OldStore } from './oldStore.ts'

type EventRecord = Extract<LogRecord, { kind: 'event' }>

/** Events asked for at once. A real one has some hundred bytes, so this is ten megabytes. */
const eventsMax = 20_000
/** ClickHouse's MEMORY_LIMIT_EXCEEDED and TOO_MANY_ROWS_OR_BYTES: the answer would be larger than answers may be. */
const tooLargeCodes = new Set(['241', '396'])

/** Arrival by the log's clock, epoch milliseconds. */
const atMsSql = ({ clockOffsetSql }: OldStore): string =>
  `(toUnixTimestamp64Milli(received_at) - ${clockOffsetSql})`

const minutesSql = (store: OldStore): string => `
  SELECT intDiv(${atMsSql(store)}, 60000) * 60000 AS minute, count() AS events
  FROM events WHERE NOT has({broken:Array(String)}, _part)
  GROUP BY minute ORDER BY minute`
const offsetsSql = ({ clockOffsetSql }: OldStore): string => `
  SELECT min(${clockOffsetSql}) AS least, max(${clockOffsetSql}) AS most
  FROM events WHERE NOT has({broken:Array(String)}, _part)`
/**
 * In the order in which they came in, which is that of the journal. The first two conditions are what ClickHouse finds
 * parts by.
 */
const pageSql = (store: OldStore): string => `
  SELECT sid, seq, ${atMsSql(store)} AS atMs, ${store.clockOffsetSql} AS offsetMs, body
  FROM events
  WHERE received_at >= fromUnixTimestamp64Milli({from:Int64} + {least:Int64}, 'UTC')
    AND received_at < fromUnixTimestamp64Milli({to:Int64} + {most:Int64}, 'UTC')
    AND atMs >= {from:Int64} AND atMs < {to:Int64}
    AND (atMs, seq, sid) > ({atMs:Int64}, {seq:UInt64}, {sid:String})
    AND NOT has({broken:Array(String)}, _part)
  ORDER BY atMs, seq, sid
  LIMIT 1 BY sid, seq
  LIMIT {limit:UInt32}`

interface EventRow {
  readonly sid: string
  readonly seq: number
  /** Its arrival by the log's clock, epoch milliseconds. */
  readonly atMs: number
  /** What the clock of its session added to that. */
  readonly offsetMs: number
  readonly body: string
}

/** The archived events as records of the journal, in its order, but for those of some sessions. */
export async function* archivedEvents(
  store: OldStore,
  without: ReadonlySet<string>,
): AsyncGenerator<EventRecord> {
  const broken = store.brokenParts
  const minutes = await store.query<{ minute: number; events: number }>(minutesSql(store), { broken })
  const [offsets = { least: 0, most: 0 }] = await store.query<{ least: number; most: number }>(
    offsetsSql(store),
    { broken },
  )
  for (const [from, to] of stretches(minutes)) {
    for (let after = { atMs: from - 1, seq: 0, sid: '' }, limit = eventsMax; ;) {
      const page = await readPage(store, { from, to, ...offsets, ...after, limit, broken })
      if (page === undefined) {
        limit = Math.ceil(limit / 2)
        continue
      }
      for (const { sid, seq, atMs: receivedAtMs, offsetMs: clockOffsetMs, body } of page) {
        if (!without.has(sid))
          yield { kind: 'event', seq, receivedAtMs, clockOffsetMs, sid, body: Buffer.from(body) }
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
    return await store.query<EventRow>(pageSql(store), params)
  } catch (error) {
    const isTooLarge = error instanceof ClickHouseError && tooLargeCodes.has(error.code)
    if (isTooLarge && params.limit > 1) return undefined
    throw error
  }
}
