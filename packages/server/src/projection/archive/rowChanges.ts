import type { Row } from '../rows/row.ts'

/** A column that a stored row has otherwise than a new one. */
export interface ColumnChange {
  readonly column: string
  readonly stored: unknown
  readonly made: unknown
}

/** Columns that say when a row was made, and by what; the others are the result. */
const notCompared: ReadonlySet<string> = new Set(['version', 'rules_version'])

/** The columns in which a row that was made anew differs from the stored one; times as epoch milliseconds in both. */
export function rowChanges(stored: Row, made: Row): ColumnChange[] {
  const changes: ColumnChange[] = []
  const compare = (column: string): void => {
    if (notCompared.has(column)) return
    // A column that a row leaves out is null.
    const before = stored[column] ?? null
    const now = made[column] ?? null
    if (!isSame(before, now)) changes.push({ column, stored: before, made: now })
  }
  for (const column of Object.keys(made)) compare(column)
  for (const column of Object.keys(stored)) if (!Object.hasOwn(made, column)) compare(column)
  return changes
}

function isSame(stored: unknown, made: unknown): boolean {
  if (stored === made) return true
  // JSON has no other numbers, so the store has null.
  if (typeof made === 'number' && !Number.isFinite(made)) return stored === null
  if (typeof stored !== 'object' || typeof made !== 'object' || stored === null || made === null) return false
  const [old, now] = [Object.entries(stored), new Map<string, unknown>(Object.entries(made))]
  return old.length === now.size && old.every(([key, value]) => now.has(key) && isSame(value, now.get(key)))
}
