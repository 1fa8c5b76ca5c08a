import type { SessionChange } from './compareSession.ts'

/** Columns of one session that reprocessing writes out. */
const columnsMax = 20
/** Characters of a value that reprocessing writes out. */
const valueCharsMax = 60

/** A session's change as lines of text: the id, then each column with the old value and the new one. */
export function printChange({ sid, columns, added, removed }: SessionChange): string {
  const lines = [
    ...columns.map(({ of, column, stored, made }) => `${of} ${column}: ${text(stored)} → ${text(made)}`),
    ...added.map((part) => `${part}: new`),
    ...removed.ads.map((ordinal) => `ad ${ordinal}: no more`),
    ...removed.chapters.map((ordinal) => `chapter ${ordinal}: no more`),
  ]
  const more = lines.length > columnsMax ? [`and ${lines.length - columnsMax} more`] : []
  return [sid, ...[...lines.slice(0, columnsMax), ...more].map((line) => `  ${line}`), ''].join('\n')
}

function text(value: unknown): string {
  const json = JSON.stringify(value) ?? 'none'
  return json.length > valueCharsMax ? `${json.slice(0, valueCharsMax)}…` : json
}
