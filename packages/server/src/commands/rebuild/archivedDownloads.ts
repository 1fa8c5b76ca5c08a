import { readPages, type SizedKey } from '../../projection/archive/readPages.ts'
import { isStartOfList } from '../../projection/archive/replayArchive.ts'
import type { LogRecord } from '../../log/record.ts'
import type { OldStore } from './oldStore.ts'

/** Sessions looked for at once, by their first events. */
const startsMax = 5000

const startsSql = `
  SELECT sid, ts, toUnixTimestamp64Milli(received_at) AS atMs
  FROM events
  WHERE seq = 1 AND sid > {after:String} AND NOT has({broken:Array(String)}, _part)
  ORDER BY sid, received_at DESC
  LIMIT 1 BY sid
  LIMIT ${startsMax}`
const ofListsSql = `
  has({sids:Array(String)}, sid) AND sid >= {sid:String} AND (sid > {sid:String} OR seq > {seq:UInt64})
  AND NOT has({broken:Array(String)}, _part)`
const newestSql = 'ORDER BY sid, seq, received_at DESC LIMIT 1 BY sid, seq'
const keysSql = `SELECT sid, seq, length(body) AS bytes FROM events WHERE ${ofListsSql} ${newestSql} LIMIT {limit:UInt32}`
const pageSql = ({ clockOffsetSql }: OldStore): string => `
  SELECT sid, seq, toUnixTimestamp64Milli(received_at) AS atMs, ${clockOffsetSql} AS offsetMs, body
  FROM events
  WHERE sid <= {lastSid:String} AND (sid < {lastSid:String} OR seq <= {lastSeq:UInt64}) AND ${ofListsSql} ${newestSql}`

interface EventKey extends SizedKey {
  readonly sid: string
  readonly seq: number
}

interface Start {
  readonly sid: string
  /** Of the device's clock, epoch milliseconds. */
  readonly ts: number
  readonly atMs: number
}

type EventRecord = Extract<LogRecord, { kind: 'event' }>

interface EventRow {
  readonly sid: string
  readonly seq: number
  /** Its arrival by the clock of its session, epoch milliseconds. */
  readonly atMs: number
  /** What that clock added to the log's. */
  readonly offsetMs: number
  readonly body: string
}

/** Downloaded sessions as the archive has them. */
export interface ArchivedDownloads {
  /** Their ids; filled while the records are read. */
  readonly sids: Set<string>
  /** Those whose list has gaps: it cannot be put together any more. */
  incomplete: number
  /** Each as the one record that it came in. Its own position is not known; every later one wins over it. */
  readonly records: AsyncGenerator<EventRecord>
}

export function archivedDownloads(store: OldStore): ArchivedDownloads {
  const broken = store.brokenParts
  const found: ArchivedDownloads = { sids: new Set(), incomplete: 0, records: read() }
  return found

  async function* read(): ArchivedDownloads['records'] {
    for (let after = ''; ;) {
      const starts = await store.query<Start>(startsSql, { after, broken })
      const sids = starts.filter(({ sid, ts, atMs }) => isStartOfList(sid, 1, atMs, ts)).map(({ sid }) => sid)
      yield* lists(sids)
      const last = starts.at(-1)
      if (last === undefined || starts.length < startsMax) return
      after = last.sid
    }
  }

  /** The pages of their events, put together by session: one list at a time is in memory, and one page. */
  async function* lists(sids: readonly string[]): ArchivedDownloads['records'] {
    const [first] = sids
    if (first === undefined) return
    const behind = (key: EventKey | undefined) => ({
      sid: key?.sid ?? first,
      seq: key?.seq ?? 0,
      sids,
      broken,
    })
    const pages = readPages<EventKey, EventRow>({
      keys: (after, limit) => store.query<EventKey>(keysSql, { limit, ...behind(after) }),
      rows: (after, { sid: lastSid, seq: lastSeq }) =>
        store.query<EventRow>(pageSql(store), { lastSid, lastSeq, ...behind(after) }),
    })
    let list: EventRow[] = []
    for await (const page of pages) {
      for (const event of page) {
        if (list[0] !== undefined && list[0].sid !== event.sid) {
          yield* whole(list)
          list = []
        }
        list.push(event)
      }
    }
    yield* whole(list)
  }

  function* whole(list: readonly EventRow[]): Generator<EventRecord> {
    const [start] = list
    if (start === undefined) return
    const { sid, atMs, offsetMs: clockOffsetMs } = start
    found.sids.add(sid)
    if (list.some(({ seq }, index) => seq !== index + 1)) {
      found.incomplete += 1
      return
    }
    const body = Buffer.concat([...pieces(list)])
    yield { kind: 'event', seq: 1, receivedAtMs: atMs - clockOffsetMs, clockOffsetMs, sid, body }
  }
}

/** The list as it was sent, in bytes: as one text it might be too long. */
function* pieces(list: readonly EventRow[]): Generator<Buffer> {
  for (const [nth, { body }] of list.entries()) {
    yield Buffer.from(nth === 0 ? '[' : ',')
    yield Buffer.from(body)
  }
  yield Buffer.from(']')
}
