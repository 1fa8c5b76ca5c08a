import { pageRowsMax, readPages, type SizedKey } from '../../projection/archive/readPages.ts'
import type { LogRecord } from '../../log/record.ts'
import type { OldStore } from './oldStore.ts'

type EventRecord = Extract<LogRecord, { kind: 'event' }>

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
/** In the order in which they came in, which is that of the journal. */
const orderSql = 'ORDER BY atMs, seq, sid LIMIT 1 BY sid, seq'
/** Behind a key, and in a stretch. The first two conditions are what ClickHouse finds parts by. */
const behindSql = `
  received_at >= fromUnixTimestamp64Milli({from:Int64} + {least:Int64}, 'UTC')
  AND received_at < fromUnixTimestamp64Milli({to:Int64} + {most:Int64}, 'UTC')
  AND atMs >= {from:Int64} AND atMs < {to:Int64}
  AND (atMs, seq, sid) > ({afterMs:Int64}, {afterSeq:UInt64}, {afterSid:String})
  AND NOT has({broken:Array(String)}, _part)`
const keysSql = (store: OldStore): string => `
  SELECT sid, seq, ${atMsSql(store)} AS atMs, length(body) AS bytes
  FROM events WHERE ${behindSql} ${orderSql} LIMIT {limit:UInt32}`
const pageSql = (store: OldStore, whose = 'true'): string => `
  SELECT sid, seq, ${atMsSql(store)} AS atMs, ${store.clockOffsetSql} AS offsetMs, body
  FROM events
  WHERE (atMs, seq, sid) <= ({lastMs:Int64}, {lastSeq:UInt64}, {lastSid:String}) AND ${whose} AND ${behindSql} ${orderSql}`

interface EventKey extends SizedKey {
  readonly sid: string
  readonly seq: number
  /** Its arrival by the log's clock, epoch milliseconds. */
  readonly atMs: number
}

interface EventRow extends Omit<EventKey, 'bytes'> {
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
    const behind = (key: EventKey | undefined) => ({
      from,
      to,
      ...offsets,
      afterMs: key?.atMs ?? from - 1,
      afterSeq: key?.seq ?? 0,
      afterSid: key?.sid ?? '',
      broken,
    })
    const pages = readPages<EventKey, EventRow>({
      async keys(after, limit) {
        const keys = await store.query<EventKey>(keysSql(store), { limit, ...behind(after) })
        return keys.map((key) => (without.has(key.sid) ? { ...key, bytes: 0 } : key))
      },
      async rows(after, { atMs: lastMs, seq: lastSeq, sid: lastSid }, keys) {
        const others = keys.filter(({ sid }) => !without.has(sid))
        if (others.length === 0) return []
        const params = { lastMs, lastSeq, lastSid, ...behind(after) }
        if (others.length === keys.length) return store.query<EventRow>(pageSql(store), params)
        // Lists may be large, and are read elsewhere.
        const sids = [...new Set(others.map(({ sid }) => sid))]
        return store.query<EventRow>(pageSql(store, 'sid IN {sids:Array(String)}'), { ...params, sids })
      },
    })
    for await (const page of pages) {
      for (const { sid, seq, atMs: receivedAtMs, offsetMs: clockOffsetMs, body } of page) {
        yield { kind: 'event', seq, receivedAtMs, clockOffsetMs, sid, body: Buffer.from(body) }
      }
    }
  }
}

/** Neighbouring minutes, as many as fit on a page, and one at least; each from its beginning to its end. */
function* stretches(
  minutes: readonly { readonly minute: number; readonly events: number }[],
): Generator<[fromMs: number, toMs: number]> {
  let [from, to, events] = [0, 0, 0]
  for (const next of minutes) {
    if (events > 0 && events + next.events > pageRowsMax) {
      yield [from, to]
      events = 0
    }
    if (events === 0) from = next.minute
    to = next.minute + 60_000
    events += next.events
  }
  if (events > 0) yield [from, to]
}
