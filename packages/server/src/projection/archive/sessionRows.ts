import { factRow } from '../rows/factRow.ts'
import { adRow, chapterRow } from '../rows/partRow.ts'
import type { Row } from '../rows/row.ts'
import { sessionRow } from '../rows/sessionRow.ts'
import { type Replayed, summarise } from '@playhead/engine'

/** One session in the store: its row, and the rows of its parts by their ordinals. */
export interface SessionRows {
  readonly session: Row
  readonly ads: readonly Row[]
  readonly chapters: readonly Row[]
}

/**
 * The rows that a replay comes to; of an open session the provisional ones. Their `version` is 0: they are for
 * looking at, and whoever stores them gives them their place.
 */
export function sessionRows({ facts, state }: Replayed): SessionRows {
  const rows: Record<'sessions' | 'ads' | 'chapters', Row[]> = { sessions: [], ads: [], chapters: [] }
  for (const fact of facts) {
    // What was written at a start is replaced at the close.
    if (fact.kind === 'sessionStarted' || fact.kind === 'adStarted') continue
    const { table, row } = factRow(fact, state, 0)
    rows[table].push(row)
  }
  const [closed] = rows.sessions
  if (closed === undefined) {
    if (state.ad) rows.ads.push(adRow(state, state.ad, 0))
    if (state.chapter) rows.chapters.push(chapterRow(state, state.chapter, 0))
  }
  return {
    session: closed ?? sessionRow(summarise(state), 0),
    ads: rows.ads,
    chapters: rows.chapters.toSorted((a, b) => Number(a['ordinal']) - Number(b['ordinal'])),
  }
}
