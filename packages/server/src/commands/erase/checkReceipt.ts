import type { Store } from '../../clickhouse/store.ts'
import { type Places, withJournal } from './erase.ts'
import { findRefusals } from './findRefusals.ts'
import { findJournaled, findStored } from './findSessions.ts'
import type { Receipt } from './receipt.ts'
import type { Subject } from './subject.ts'

/** What is there of a subject that was erased. */
export interface Checked {
  /** Sessions that were there before the erasure: none, unless something brought them back. */
  readonly before: readonly string[]
  /** Sessions that came in after it: the viewer watched again. */
  readonly since: readonly string[]
  /** Requests that were refused before it and have the id in them: none, likewise. */
  readonly refusals: number
}

/** Look again for what a receipt says is gone. */
export async function checkReceipt(
  { dataDir, store }: Places,
  receipt: Receipt,
  subject: Subject,
): Promise<Checked> {
  const journaled = await withJournal(dataDir, (journal) => findJournaled(journal, subject))
  const stored = await firstArrivals(store, [...(await findStored(store, subject))])
  const erasedAtMs = Date.parse(receipt.erasedAt)
  const found = new Map([...journaled, ...stored])
  const isOld = (sid: string) => (found.get(sid) ?? 0) <= erasedAtMs
  const sids = [...found.keys()]
  return {
    before: sids.filter(isOld),
    since: sids.filter((sid) => !isOld(sid)),
    refusals: (await findRefusals(store, { sids: [], id: subject.id }, erasedAtMs)).length,
  }
}

/** When the first event of each session came in, epoch milliseconds; 0 of one whose events are gone. */
async function firstArrivals(store: Store, sids: readonly string[]): Promise<Map<string, number>> {
  const rows = await store.query<{ sid: string; first: number }>(
    'SELECT sid, min(toUnixTimestamp64Milli(received_at)) AS first FROM events WHERE sid IN {sids:Array(String)} GROUP BY sid',
    { sids },
  )
  const known = new Map(rows.map(({ sid, first }) => [sid, first]))
  return new Map(sids.map((sid) => [sid, known.get(sid) ?? 0]))
}
