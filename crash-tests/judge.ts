import { isDeepStrictEqual } from 'node:util'
import { type ArchivedEvent, type Figures, figuresOf } from './figures.ts'
import type { SentSession } from './ledger.ts'
import type { Outcome } from './trial.ts'

/** A session as the server has it. */
export interface ArchivedSession {
  readonly sid: string
  readonly contentId: string | null
  readonly events: readonly ArchivedEvent[]
  /** Of a closed session; `undefined` while it is open. */
  readonly figures: Figures | undefined
}

/**
 * Hold what the server has of a session against what it acknowledged.
 *
 * @param roundedToMs how exact its durations are
 */
export function judge(
  sent: SentSession,
  archived: ArchivedSession | undefined,
  roundedToMs: number,
): Omit<Outcome, 'warnings'> {
  const times = new Map<number, number>()
  for (const { ts } of archived?.events ?? []) times.set(ts, (times.get(ts) ?? 0) + 1)
  const missing = [...sent.acknowledged].filter((ts) => !times.has(ts))
  const repeated = [...times.values()].reduce((sum, count) => sum + count - 1, 0)
  const invented = [...times.keys()].filter((ts) => !sent.acknowledged.has(ts) && !sent.unanswered.has(ts))
  const wrong = [
    ...missing.map((ts) => `session ${sent.sid} lacks the acknowledged event of ts ${ts}`),
    ...(repeated > 0 ? [`session ${sent.sid} has ${repeated} events more than once`] : []),
    ...invented.map((ts) => `session ${sent.sid} has an event of ts ${ts} that nobody sent`),
    ...(archived === undefined ? [] : wrongFigures(sent, archived, roundedToMs)),
  ]
  return { acknowledged: sent.acknowledged.size, lost: missing.length, doubled: repeated, wrong }
}

function wrongFigures(
  sent: SentSession,
  { sid, events, figures }: ArchivedSession,
  roundedToMs: number,
): string[] {
  if (figures === undefined) return sent.isEnded ? [`session ${sid} was ended and is still open`] : []
  const exact = figuresOf(events.toSorted((a, b) => a.ts - b.ts))
  const expected = { ...exact, contentTimeMs: Math.round(exact.contentTimeMs / roundedToMs) * roundedToMs }
  if (isDeepStrictEqual(figures, expected)) return []
  return [`session ${sid} has ${JSON.stringify(figures)}, its events come to ${JSON.stringify(expected)}`]
}
