import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** A line of a timeline's file: where something stands, and what an error names. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** One row of a table, a text for each column. */
export interface Row {
  readonly place: Place
  readonly cells: Readonly<Record<string, string>>
}

/** What stands under one heading: text, then at most one table. */
export interface Section {
  readonly place: Place
  readonly text: string
  readonly rows: readonly Row[]
}

/** Read a page of Markdown that consists of headings, paragraphs and tables: its sections by their headings. */
export function readPage(path: string): ReadonlyMap<string, Section> {
  const file = basename(path)
  const lines = readFileSync(path, 'utf8').split('\n')
  const headings = [...lines.keys()].filter((index) => lines[index]?.startsWith('#'))
  const sections = new Map<string, Section>()
  for (const [nth, from] of headings.entries()) {
    const place = { file, line: from + 1 }
    const heading = lines[from] ?? ''
    if (sections.has(heading)) throw violation(place, `"${heading}" stands twice`)
    sections.set(heading, readSection(place, lines.slice(from + 1, headings[nth + 1])))
  }
  return sections
}

/** The error for something that is wrong in a file, by place. */
export function violation({ file, line }: Place, message: string): Error {
  return new Error(`timelines/${file}:${line}: ${message}`)
}

function readSection(place: Place, lines: readonly string[]): Section {
  const from = lines.findIndex((line) => line.startsWith('|'))
  const text = lines.slice(0, from < 0 ? undefined : from).join('\n')
  return { place, text: text.trim(), rows: from < 0 ? [] : readTable(place, lines, from) }
}

function readTable({ file, line }: Place, lines: readonly string[], from: number): Row[] {
  const columns = cellsOf(lines[from] ?? '')
  const rows: Row[] = []
  for (const [index, text] of lines.entries()) {
    if (index < from + 2 || text === '') continue
    const place = { file, line: line + 1 + index }
    const cells = cellsOf(text)
    if (!text.startsWith('|') || cells.length !== columns.length) {
      throw violation(place, `expected a row of ${columns.length} columns: ${columns.join(' | ')}`)
    }
    rows.push({ place, cells: Object.fromEntries(columns.map((column, nth) => [column, cells[nth] ?? ''])) })
  }
  return rows
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}
