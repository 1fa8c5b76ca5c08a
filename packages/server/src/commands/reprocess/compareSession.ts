import { type ColumnChange, rowChanges } from '../../projection/archive/rowChanges.ts'
import type { SessionRows } from '../../projection/archive/sessionRows.ts'
import type { Row } from '../../projection/rows/row.ts'

/** What running a session through the engine again changes in the store. */
export interface SessionChange {
  readonly sid: string
  /** What differs, by the row it is in: `session`, `ad 1`, `chapter 2`. */
  readonly columns: readonly (ColumnChange & { readonly of: string })[]
  /** Parts that the store does not have: `ad 3`. */
  readonly added: readonly string[]
  /** Parts that are no more, by their ordinals. */
  readonly removed: Readonly<Record<'ads' | 'chapters', readonly number[]>>
  /** The rows to store, each with a version above the stored one's; also those that have new rules only. */
  readonly rows: Readonly<Record<'sessions' | 'ads' | 'chapters', readonly Row[]>>
}

/** Compare the rows that a session has in the store with those made anew. */
export function compareSession(stored: SessionRows, made: SessionRows): SessionChange {
  const columns: SessionChange['columns'][number][] = []
  const added: string[] = []
  const compare = (of: string, old: Row | undefined, row: Row): Row[] => {
    if (old === undefined) {
      added.push(of)
      return [{ ...row, version: versionAbove(stored.session) }]
    }
    const changes = rowChanges(old, row)
    columns.push(...changes.map((change) => ({ of, ...change })))
    const isSame = changes.length === 0 && old['rules_version'] === row['rules_version']
    return isSame ? [] : [{ ...row, version: versionAbove(old) }]
  }
  const compareParts = (kind: string, olds: readonly Row[], rows: readonly Row[]): Row[] => {
    const byOrdinal = new Map(olds.map((old) => [old['ordinal'], old]))
    return rows.flatMap((row) => {
      const ordinal = row['ordinal']
      return compare(`${kind} ${Number(ordinal)}`, byOrdinal.get(ordinal), row)
    })
  }
  const rows = {
    sessions: compare('session', stored.session, made.session),
    ads: compareParts('ad', stored.ads, made.ads),
    chapters: compareParts('chapter', stored.chapters, made.chapters),
  }
  const removed = {
    ads: missing(stored.ads, made.ads),
    chapters: missing(stored.chapters, made.chapters),
  }
  return { sid: String(made.session['sid']), columns, added, removed, rows }
}

function missing(stored: readonly Row[], made: readonly Row[]): number[] {
  const left = new Set(made.map((row) => row['ordinal']))
  return stored.flatMap((row) => (left.has(row['ordinal']) ? [] : Number(row['ordinal'])))
}

/**
 * A closed session gets no rows from the log any more, but the same ones again after a crash. So the next number is
 * free, and wins over them, whichever rules and settings made either.
 */
function versionAbove(stored: Row): number {
  return Number(stored['version']) + 1
}
