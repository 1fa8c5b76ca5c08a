import type { ParsedEvent } from '../../projection/archive/replayArchive.ts'
import { pageRowsMax, readPages, type SizedKey } from '../../projection/archive/readPages.ts'
import { sidFloor } from '../../events/sessionId.ts'
import type { Store } from '../../clickhouse/store.ts'

/** An event of the archive, and whose it is. */
export interface SessionEvent extends ParsedEvent {
  readonly sid: string
}

/** Events that were read at once. They are parsed one by one as they are taken. */
export interface ArchivePage {
  readonly count: number
  readonly events: Iterable<SessionEvent>
}

/** Sessions that began, as reported, at or after one moment, and before another; epoch milliseconds. */
export interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * Sessions that began in the range, though their ids say otherwise: an id has the time at which the server made it, or at which
 * a device says that it recorded a list.
 */
const elsewhereSql = `
  SELECT DISTINCT sid FROM sessions
  WHERE started_at >= fromUnixTimestamp64Milli({fromMs:Int64}) AND started_at < fromUnixTimestamp64Milli({toMs:Int64})
    AND NOT (sid >= {from:String} AND sid < {to:String}) AND sid > {after:String}
  ORDER BY sid LIMIT ${pageRowsMax} SETTINGS final = 0`
/**
 * Where in time there are events at all, by the first six digits of the id: what began within 4.7 hours. To find that
 * out, a row that is there twice does not matter.
 */
const placesSql = `
  SELECT DISTINCT substring(sid, 1, 6) AS place
  FROM events WHERE sid >= {from:String} AND sid < {to:String}
  ORDER BY place SETTINGS final = 0`
/** How many there are in such a place, by the first nine digits: what began within 4 seconds. */
const densitySql = `
  SELECT substring(sid, 1, 9) AS place, count() AS events
  FROM events WHERE sid >= {from:String} AND sid < {to:String} AND startsWith(sid, {place:String})
  GROUP BY place ORDER BY place SETTINGS final = 0`
const countSql = `
  SELECT toFloat64(count()) AS events FROM events WHERE sid >= {from:String} AND sid < {to:String} SETTINGS final = 0`
/** Ends an event of a page: no JSON has this character in it. */
const separator = '\u001e'
/** A list that was sent again in another month lies in two partitions, which FINAL does not see as one. */
const newestSql = 'ORDER BY sid, seq, received_at DESC LIMIT 1 BY sid, seq'
const behindSql = 'sid >= {sid:String} AND (sid > {sid:String} OR seq > {seq:UInt64})'
const keysSql = `
  SELECT sid, seq, length(body) AS bytes
  FROM events WHERE sid < {to:String} AND ${behindSql} ${newestSql} LIMIT {limit:UInt32}`
/** Each event as JSON with its body inside, so that both are parsed in one go: half of what a page costs. */
const pageSql = `
  SELECT concat(
    '["', sid, '",', toString(seq), ',', toString(toUnixTimestamp64Milli(received_at)), ',',
    toString(CRC32(body)), ',', body, ']', char(${separator.charCodeAt(0)})
  )
  FROM events
  WHERE sid <= {lastSid:String} AND (sid < {lastSid:String} OR seq <= {lastSeq:UInt64}) AND ${behindSql} ${newestSql}`

/**
 * Read the archived events of the sessions whose ids were made in a range of time, session after session in the order of
 * their ids, each in the order of `seq`, in pages of bounded size. A few of them began at another time: their rows tell.
 */
export async function* readArchive(
  store: Store,
  { fromMs, toMs }: TimeRange,
  pageMax = pageRowsMax,
): AsyncGenerator<ArchivePage> {
  const [from, to] = [sidFloor(fromMs), sidFloor(toMs)]
  for (const { place } of await store.query<Place>(placesSql, { from, to })) {
    const dense = await store.query<Place & { events: number }>(densitySql, { from, to, place })
    for (const [begin, next] of stretches(dense, pageMax)) {
      const end = next ?? `${place}g`
      yield* readStretch(store, { from: begin > from ? begin : from, to: end < to ? end : to }, pageMax)
    }
  }
}

/** Events of `readArchive`; one that is stored twice counts twice. */
export async function countEvents(store: Store, { fromMs, toMs }: TimeRange): Promise<number> {
  const params = { from: sidFloor(fromMs), to: sidFloor(toMs) }
  const [row] = await store.query<{ events: number }>(countSql, params)
  return row?.events ?? 0
}

/** The same for the few sessions that began in the range while their ids lie elsewhere; a page has events of one alone. */
export async function* readElsewhere(store: Store, { fromMs, toMs }: TimeRange): AsyncGenerator<ArchivePage> {
  const [from, to] = [sidFloor(fromMs), sidFloor(toMs)]
  for (let after = ''; ;) {
    const params = { from, to, fromMs, toMs, after }
    const page = await store.query<{ sid: string }>(elsewhereSql, params)
    for (const { sid } of page) yield* readStretch(store, { from: sid, to: `${sid}g` }, pageRowsMax)
    if (page.length < pageRowsMax) return
    after = page.at(-1)?.sid ?? after
  }
}

/** The beginning of session ids, hexadecimal. */
interface Place {
  readonly place: string
}

/** Neighbouring places, as many as fit on a page: the first of each stretch, and of the next one. */
function stretches(
  places: readonly (Place & { readonly events: number })[],
  pageMax: number,
): [begin: string, next: string | undefined][] {
  const begins: string[] = []
  let room = 0
  for (const { place, events } of places) {
    if (events > room) {
      begins.push(place)
      room = pageMax
    }
    room -= events
  }
  return begins.map((begin, index) => [begin, begins[index + 1]])
}

async function* readStretch(
  store: Store,
  { from, to }: { readonly from: string; readonly to: string },
  rowsMax: number,
): AsyncGenerator<ArchivePage> {
  const behind = (key: EventKey | undefined) => ({ sid: key?.sid ?? from, seq: key?.seq ?? 0 })
  const pages = readPages<EventKey, string>({
    rowsMax,
    keys: (after, limit) => store.query<EventKey>(keysSql, { to, limit, ...behind(after) }),
    rows: async (after, { sid: lastSid, seq: lastSeq }) => {
      const params = { lastSid, lastSeq, ...behind(after) }
      const chunks = (await (await store.export(pageSql, params, 'raw')).toArray()) as Buffer[]
      // In one go: to decode a stream takes twice as long.
      const events = Buffer.concat(chunks).toString()
      // Each has its separator behind it, so the last piece is empty.
      return events.split(separator).slice(0, -1)
    },
  })
  for await (const page of pages) yield { count: page.length, events: parsed(page) }
}

interface EventKey extends SizedKey {
  readonly sid: string
  readonly seq: number
}

function* parsed(page: readonly string[]): Generator<SessionEvent> {
  for (const event of page) yield parse(event)
}

function parse(event: string): SessionEvent {
  const [sid, seq, receivedAtMs, fingerprint, json] = JSON.parse(event) as [
    string,
    number,
    number,
    number,
    unknown,
  ]
  return { sid, seq, receivedAtMs, fingerprint, json }
}
