import type { Fact, SessionState } from '@playhead/engine'
import { adRow, chapterRow } from './partRow.ts'
import type { Row } from './row.ts'
import { sessionRow } from './sessionRow.ts'

/** A row, where it belongs, and its key there: of two rows with one key the later one counts. */
export interface KeyedRow {
  readonly table: 'sessions' | 'ads' | 'chapters'
  readonly key: string
  readonly row: Row
}

/**
 * The row that a fact is stored as.
 *
 * @param session the session it is about
 * @param version journal position of the record that led to it
 */
export function factRow(fact: Fact, session: SessionState, version: number): KeyedRow {
  const { sid } = session
  switch (fact.kind) {
    case 'sessionStarted':
    case 'sessionClosed':
      return { table: 'sessions', key: sid, row: sessionRow(fact.session, version) }
    case 'adStarted':
    case 'adClosed':
      return { table: 'ads', key: `${sid} ${fact.ad.ordinal}`, row: adRow(session, fact.ad, version) }
    case 'chapterClosed':
      return {
        table: 'chapters',
        key: `${sid} ${fact.chapter.ordinal}`,
        row: chapterRow(session, fact.chapter, version),
      }
  }
}
