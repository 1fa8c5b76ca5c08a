import { ClickHouseError } from '@clickhouse/client'
import type { ParsedEvent } from '../archive/replayArchive.ts'
import { sidFloor } from '../ingest/sessionId.ts'
import type { Store } from '../store/store.ts'

/** An event of the archive, and whose it is. */
export interface SessionEvent extends ParsedEvent {
  readonly sid: string
}

/** Events that were read at once. They are parsed one by one as they are taken. */
export interface ArchivePage {
  readonly count: number
  readonly events: Iterable<SessionEvent>
}

/** Sessions that began at or after one moment, and before another; epoch milliseconds. */
export interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

/** Events asked for at once. A real one has some hundred bytes, so this is a few megabytes. */
const eventsAtOnce = 20_000
/** ClickHouse's MEMORY_LIMIT_EXCEEDED and TOO_MANY_ROWS_OR_BYTES: the answer would be larger than answers may be. */
const tooLargeCodes = new Set(['241', '396'])
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
/** Ends an event of a page: no JSON has this character in it. */
const separator = '\u001e'
/**
 * Each event as JSON with its body inside, so that both are parsed in one go: half of what a page costs.
 * A list that was sent again in another month lies in two partitions, which FINAL does not see as one.
 */
const pageSql = `
  SELECT concat(
    '["', sid, '",', toString(seq), ',', toString(toUnixTimestamp64Milli(received_at)), ',',
    toString(CRC32(body)), ',', body, ']', char(${separator.charCodeAt(0)})
  )
  FROM events
  WHERE sid >= {sid:String} AND sid < {to:String} AND (sid > {sid:String} OR seq > {seq:UInt64})
  ORDER BY sid, seq, received_at DESC
  LIMIT 1 BY sid, seq
  LIMIT {limit:UInt32}`

/**
 * Read the archived events of the sessions that began in a range of time, session after session, each in the order of
 * `seq`, in pages of bounded size.
 */
export async function* readArchive(
  store: Store,
  { fromMs, toMs }: TimeRange,
  pageMax = eventsAtOnce,
): AsyncGenerator<ArchivePage> {
  const [from, to] = [sidFloor(fromMs), sidFloor(toMs)]
  for (const { place } of await store.query<Place>(placesSql, { from, to })) {
    const dense = await store.query<Place & { events: number }>(densitySql, { from, to, place })
    for (const [begin, next] of stretches(dense, pageMax)) {
      const end = next ?? `${place}g`
      yield* readPages(store, { from: begin > from ? begin : from, to: end < to ? end : to }, pageMax)
    }
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

async function* readPages(
  store: Store,
  range: { readonly from: string; readonly to: string },
  pageMax: number,
): AsyncGenerator<ArchivePage> {
  let after = { sid: range.from, seq: 0 }
  for (let limit = pageMax; ;) {
    const page = await readPage(store, { to: range.to, ...after, limit })
    if (page === undefined) {
      limit = Math.ceil(limit / 2)
      continue
    }
    const last = page.at(-1)
    if (last === undefined) return
    yield { count: page.length, events: parsed(page) }
    if (page.length < limit) return
    const { sid, seq } = parse(last)
    after = { sid, seq }
  }
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

/** `undefined` where the page would be too large, and could be smaller. */
async function readPage(
  store: Store,
  params: { readonly limit: number } & Readonly<Record<string, string | number>>,
): Promise<string[] | undefined> {
  try {
    const chunks = (await (await store.export(pageSql, params, 'raw')).toArray()) as Buffer[]
    // In one go: to decode a stream takes twice as long.
    const events = Buffer.concat(chunks).toString()
    // Each has its separator behind it, so the last piece is empty.
    return events.split(separator).slice(0, -1)
  } catch (error) {
    const isTooLarge = error instanceof ClickHouseError && tooLargeCodes.has(error.code)
    if (isTooLarge && params.limit > 1) return undefined
    throw error
  }
}
