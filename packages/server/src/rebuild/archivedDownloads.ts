import { isStartOfList } from '../archive/replayArchive.ts'
import type { LogRecord } from '../log/record.ts'
import type { OldStore } from './oldStore.ts'

/** Sessions looked for at once, by their first events. */
const startsMax = 5000
/** Lists read at once: a day of playback is about 250 KB. */
const listsMax = 100

const startsSql = `
  SELECT sid, toUnixTimestamp64Milli(received_at) AS atMs, body
  FROM events
  WHERE seq = 1 AND sid > {after:String} AND NOT has({broken:Array(String)}, _part)
  ORDER BY sid, received_at DESC
  LIMIT 1 BY sid
  LIMIT ${startsMax}`
const listsSql = ({ clockOffsetSql }: OldStore): string => `
  SELECT sid, seq, toUnixTimestamp64Milli(received_at) AS atMs, ${clockOffsetSql} AS offsetMs, body
  FROM events
  WHERE has({sids:Array(String)}, sid) AND sid >= {first:String} AND sid <= {last:String}
    AND NOT has({broken:Array(String)}, _part)
  ORDER BY sid, seq, received_at DESC
  LIMIT 1 BY sid, seq`

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
  readonly records: AsyncGenerator<Extract<LogRecord, { kind: 'event' }>>
}

export function archivedDownloads(store: OldStore): ArchivedDownloads {
  const broken = store.brokenParts
  const found: ArchivedDownloads = { sids: new Set(), incomplete: 0, records: read() }
  return found

  async function* read(): ArchivedDownloads['records'] {
    for (let after = ''; ;) {
      const starts = await store.query<Omit<EventRow, 'seq' | 'offsetMs'>>(startsSql, { after, broken })
      const sids = starts
        .filter(({ sid, atMs, body }) => isStartOfList(sid, 1, atMs, JSON.parse(body)))
        .map(({ sid }) => sid)
      for (let from = 0; from < sids.length; from += listsMax) yield* lists(sids.slice(from, from + listsMax))
      const last = starts.at(-1)
      if (last === undefined || starts.length < startsMax) return
      after = last.sid
    }
  }

  async function* lists(sids: readonly string[]): ArchivedDownloads['records'] {
    const range = { first: sids.at(0) ?? '', last: sids.at(-1) ?? '' }
    const events = new Map<string, EventRow[]>(sids.map((sid) => [sid, []]))
    for (const event of await store.query<EventRow>(listsSql(store), { sids, ...range, broken })) {
      events.get(event.sid)?.push(event)
    }
    for (const [sid, list] of events) {
      found.sids.add(sid)
      if (list.some(({ seq }, index) => seq !== index + 1)) {
        found.incomplete += 1
        continue
      }
      const { atMs = 0, offsetMs: clockOffsetMs = 0 } = list[0] ?? {}
      const receivedAtMs = atMs - clockOffsetMs
      const body = Buffer.from(`[${list.map((event) => event.body).join(',')}]`)
      yield { kind: 'event', seq: 1, receivedAtMs, clockOffsetMs, sid, body }
    }
  }
}
