import { startArchiveReplay } from '../../projection/archive/replayArchive.ts'
import { sessionRows, type SessionRows } from '../../projection/archive/sessionRows.ts'
import type { Replayed, SessionRules } from '@playhead/engine'
import type { Row } from '../../projection/rows/row.ts'
import type { Store } from '../../clickhouse/store.ts'
import { compareSession, type SessionChange } from './compareSession.ts'
import { type Progress } from '../progress.ts'
import { type ArchivePage, countEvents, readArchive, readElsewhere, type TimeRange } from './readArchive.ts'
import { storedSessions } from './storedSessions.ts'

/** Sessions that reprocessing compares at once, and stores at once. */
const batchMax = 300
/** Their starts and closes, and those of their ads and chapters, at most: a session may have thousands. */
const batchFactsMax = 10_000

export interface ReprocessParts {
  readonly store: Store
  readonly rules: SessionRules
  readonly range: TimeRange
  /** Change nothing. */
  readonly isDryRun: boolean
  /** Told of each session that has other numbers now. */
  readonly onChange: (change: SessionChange) => void
  /** Ends it between two batches when it aborts. */
  readonly signal?: AbortSignal
  /** Told of events read. */
  readonly progress: Progress
}

/** What came of it. */
export interface Reprocessed {
  /** Events read. */
  events: number
  /** Sessions run through the engine and compared. */
  sessions: number
  /** Of these, those with other numbers. */
  changed: number
  /** Of these, those with the same numbers by other rules than before. */
  restamped: number
  /** Sessions left alone because they are open, or not in the store yet. */
  open: number
  /** Sessions left alone because their start is not in the archive. */
  withoutStart: number
  /** Projection time that went into the bodies' JSON, normalising and the engine, milliseconds. */
  engineMs: number
}

interface Made {
  readonly sid: string
  readonly replayed: Replayed
}

/**
 * Run the archived events of the sessions that began in a range of time through the engine again, under the rules of
 * today, compare the result with what the store has, and put it in its place. What is read at once is bounded.
 */
export async function reprocess({
  store,
  rules,
  range,
  isDryRun,
  onChange,
  signal,
  progress,
}: ReprocessParts): Promise<Reprocessed> {
  const result: Reprocessed = {
    events: 0,
    sessions: 0,
    changed: 0,
    restamped: 0,
    open: 0,
    withoutStart: 0,
    engineMs: 0,
  }
  let current: { readonly sid: string; readonly replay: ReturnType<typeof startArchiveReplay> } | undefined
  let made: Made[] = []

  function end(): void {
    if (current === undefined) return
    const replayed = current.replay.end()
    if (replayed === undefined) result.withoutStart += 1
    else made.push({ sid: current.sid, replayed })
    current = undefined
  }

  function run({ count, events }: ArchivePage): void {
    const before = process.cpuUsage()
    for (const event of events) {
      if (current?.sid !== event.sid) {
        end()
        current = { sid: event.sid, replay: startArchiveReplay(event.sid, rules) }
      }
      current.replay.take(event)
    }
    result.events += count
    const { user, system } = process.cpuUsage(before)
    result.engineMs += (user + system) / 1000
  }

  async function compare(batch: readonly Made[]): Promise<void> {
    const [first, last] = [batch.at(0)?.sid, batch.at(-1)?.sid]
    if (first === undefined || last === undefined) return
    const stored = await storedSessions(store, { first, last })
    const isInRange = ({ session }: SessionRows): boolean => {
      const startedAtMs = Number(session['started_at'])
      return startedAtMs >= range.fromMs && startedAtMs < range.toMs
    }
    const changes: SessionChange[] = []
    for (const { sid, replayed } of batch) {
      const before = stored.get(sid)
      if (before && !isInRange(before)) continue
      if (before?.session['status'] !== 'closed') {
        result.open += 1
        continue
      }
      result.sessions += 1
      const change = compareSession(before, sessionRows(replayed))
      if (isOther(change)) {
        result.changed += 1
        onChange(change)
      } else if (change.rows.sessions.length > 0) result.restamped += 1
      changes.push(change)
    }
    if (!isDryRun) await storeChanges(store, changes)
  }

  async function compareMade(): Promise<void> {
    const batch = made
    made = []
    await compare(batch)
  }

  const eventsAbout = await countEvents(store, range)
  let comparing = Promise.resolve()
  for await (const page of ahead(readArchive(store, range))) {
    if (signal?.aborted) await comparing
    signal?.throwIfAborted()
    run(page)
    progress.tell(result.events, eventsAbout)
    const facts = made.reduce((sum, { replayed }) => sum + replayed.facts.length, 0)
    if (made.length < batchMax && facts < batchFactsMax) continue
    // One batch at a time: while the store looks up what it has of it, the next ones are run.
    await comparing
    comparing = heard(compare(made))
    made = []
  }
  await comparing
  end()
  await compareMade()
  for await (const page of readElsewhere(store, range)) {
    signal?.throwIfAborted()
    run(page)
    // One by one: between two of them lie sessions without number.
    if (made.length > 0) await compareMade()
  }
  end()
  await compareMade()
  return result
}

function isOther({ columns, added, removed }: SessionChange): boolean {
  return columns.length + added.length + removed.ads.length + removed.chapters.length > 0
}

/** The session last, as live: when its row is there, so are those of its parts. */
async function storeChanges(store: Store, changes: readonly SessionChange[]): Promise<void> {
  for (const table of ['ads', 'chapters'] as const) {
    const keys = changes.flatMap(({ sid, removed }) => removed[table].map((ordinal) => ({ sid, ordinal })))
    await store.removeParts(table, keys)
  }
  for (const table of ['ads', 'chapters', 'sessions'] as const) {
    const rows = changes.flatMap((change): readonly Row[] => change.rows[table])
    if (rows.length > 0) await store.insert(table, rows, 'reprocess')
  }
}

/** Ask for the next one while the last one is worked on. */
async function* ahead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let coming = items.next()
  for (;;) {
    const { done, value } = await coming
    if (done) return
    coming = heard(items.next())
    yield value
  }
}

/** Something that is awaited later: whoever does hears of its failure. */
function heard<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}
