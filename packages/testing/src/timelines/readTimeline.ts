import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type EventType, isEventType, sessionMetrics, type ValidationPolicy } from '@playhead/protocol'
import { type ExpectedMetric, problemInText, unlisted } from './metricText.ts'
import { readJson, readKey, readNumbers, readValues, type Values } from './readCell.ts'
import { type Place, readPage, type Row, type Section, violation } from './readPage.ts'

/** Where the timelines are. */
export const timelinesFolder = join(import.meta.dirname, '../../../../timelines')

export { type Arrival, arrivalsOf, bodiesOf } from './bodiesOf.ts'
export { asWritten, type ExpectedMetric } from './metricText.ts'

/** A worked session: what a player sends, and what comes of it. `README.md` explains how one is written. */
export interface Timeline {
  /** File name, such as `stall.md`. */
  readonly file: string
  readonly title: string
  /** What happens and what it shows, Markdown. */
  readonly summary: string
  /** The strictest validation policy that accepts its events, of `documented` and `lenient`. */
  readonly policy: Extract<ValidationPolicy, 'documented' | 'lenient'>
  /** Parameters of `sessionStart`. */
  readonly session: Values
  readonly events: readonly TimelineEvent[]
  readonly closedBy: ClosedBy
  /** Every session metric, in the order of the catalogue. */
  readonly result: readonly ExpectedMetric[]
  /** The same where progress markers that were leapt over are left out; only of pages that say so. */
  readonly resultOfWatched: readonly ExpectedMetric[] | undefined
  readonly ads: readonly ExpectedPart[]
  readonly chapters: readonly ExpectedPart[]
  readonly states: readonly ExpectedState[]
  /** Codes of its warnings, each once, in no order; undefined where the page does not say. */
  readonly warnings: readonly string[] | undefined
}

export interface TimelineEvent {
  /** Since the session's start by the device's clock, milliseconds. */
  readonly atMs: number
  /** When it arrives, milliseconds after the session's start did; undefined where the page does not say. */
  readonly arrivesMs: number | undefined
  /** Seconds, as in the API. */
  readonly playhead: number
  readonly type: EventType
  readonly values: Values
}

/** An ad by its id, or a chapter by its index; times in seconds since the session's start. */
export interface ExpectedPart {
  readonly name: string
  readonly startedS: number
  readonly closedS: number
  readonly timeSpentS: number
  readonly isCompleted: boolean
}

export interface ExpectedState {
  readonly name: string
  readonly count: number
  readonly timeS: number
}

/**
 * What ends a session: its last event, 10 minutes of silence, 30 of an unmoved playhead, 24 hours, or, if it was
 * downloaded, the end of the list that it comes as.
 */
const closings = ['sessionEnd', 'silence', 'stillness', 'age', 'end of list'] as const
export type ClosedBy = (typeof closings)[number]

const policies = ['documented', 'lenient'] as const

const partColumns = ['started (s)', 'closed (s)', 'time spent (s)', 'completed']
/** Sections in their order with the columns of their tables. */
const sections = {
  '## Policy': [],
  '## Session': ['parameter', 'value'],
  '## Events': ['at (s)', 'playhead (s)', 'event', 'with'],
  '## Closed by': [],
  '## Result': ['metric', 'value'],
  '### Markers watched': ['metric', 'value'],
  '### Ads': ['ad', ...partColumns],
  '### Chapters': ['chapter', ...partColumns],
  '### Player states': ['state', 'count', 'time (s)'],
  '### Warnings': ['warning'],
}
/** What a page may have further: the policy, when events arrive, and those below the result where there is something to list. */
const optional: Readonly<Record<string, readonly string[]>> = { '## Events': ['arrives (s)'] }
const isOptional = (heading: string): boolean => heading === '## Policy' || heading.startsWith('### ')

/** Read one timeline. Whatever is not as `README.md` has it throws an error with file and line. */
export function readTimeline(path: string): Timeline {
  const page = readPage(path)
  const [[title, top] = ['', undefined]] = page
  if (top === undefined || !title.startsWith('# '))
    throw violation({ file: basename(path), line: 1 }, 'expected a title')
  checkSections(page, top.place)
  const rowsOf = (heading: keyof typeof sections): readonly Row[] => page.get(heading)?.rows ?? []

  const session = Object.fromEntries(rowsOf('## Session').map(readParameter))
  const events = rowsOf('## Events').flatMap(readEvents)
  const listed = readResult(rowsOf('## Result'))
  const watched = readResult(rowsOf('### Markers watched'))
  return {
    file: top.place.file,
    title: title.slice(2),
    summary: top.text,
    policy: readPolicy(page.get('## Policy')),
    session,
    events,
    closedBy: readClosing(page.get('## Closed by') ?? top, session, events),
    result: sessionMetrics.map((metric) => listed.get(metric.id) ?? unlisted(metric)),
    resultOfWatched:
      watched.size === 0
        ? undefined
        : sessionMetrics.map((metric) => watched.get(metric.id) ?? listed.get(metric.id) ?? unlisted(metric)),
    ads: rowsOf('### Ads').map((row) => readPart(row, 'ad')),
    chapters: rowsOf('### Chapters').map((row) => readPart(row, 'chapter')),
    states: rowsOf('### Player states').map(readState),
    warnings: page.get('### Warnings')?.rows.map(({ cells }) => (cells['warning'] ?? '').replaceAll('`', '')),
  }
}

/** Every timeline of this folder, by file name. */
export function allTimelines(): Timeline[] {
  const files = readdirSync(timelinesFolder).filter((name) => name.endsWith('.md') && name !== 'README.md')
  return files.toSorted().map((file) => readTimeline(join(timelinesFolder, file)))
}

function checkSections(page: ReadonlyMap<string, Section>, top: Place): void {
  const columnsOf = new Map<string, readonly string[]>(Object.entries(sections))
  for (const [heading, { place, rows }] of [...page].slice(1)) {
    const columns = columnsOf.get(heading)
    if (columns === undefined) throw violation(place, `unknown section "${heading}"`)
    const [first] = rows
    const got = Object.keys(first?.cells ?? {})
    const further = optional[heading] ?? []
    if (got.filter((column) => !further.includes(column)).join() !== columns.join())
      throw violation(place, `expected a table of ${columns.join(' | ')}, got ${got.join(' | ')}`)
  }
  const missing = [...columnsOf.keys()].find((heading) => !isOptional(heading) && !page.has(heading))
  if (missing !== undefined) throw violation(top, `section "${missing}" is missing`)
}

function readParameter({ place, cells }: Row): [string, unknown] {
  const key = cells['parameter'] ?? ''
  return [readKey(place, key.replaceAll('`', '')), readJson(place, cells['value'] ?? '')]
}

function readEvents({ place, cells }: Row): TimelineEvent[] {
  const type = cells['event']
  if (!isEventType(type)) throw violation(place, `unknown event ${type}`)
  const times = readNumbers(place, cells['at (s)'] ?? '')
  const playheads = readNumbers(place, cells['playhead (s)'] ?? '')
  if (playheads.length !== 1 && playheads.length !== times.length) {
    throw violation(place, `${times.length} events with ${playheads.length} playheads`)
  }
  const arrivals = cells['arrives (s)'] ? readNumbers(place, cells['arrives (s)']) : undefined
  if (arrivals && arrivals.length !== times.length) {
    throw violation(place, `${times.length} events with ${arrivals.length} arrivals`)
  }
  const values = readValues(place, cells['with'] ?? '')
  return times.map((at, nth) => {
    const playhead = playheads[nth] ?? playheads[0] ?? 0
    const arrives = arrivals?.[nth]
    const arrivesMs = arrives === undefined ? undefined : Math.round(arrives * 1000)
    return { atMs: Math.round(at * 1000), arrivesMs, playhead, type, values }
  })
}

function readPolicy(section: Section | undefined): Timeline['policy'] {
  if (!section) return 'documented'
  const policy = policies.find((candidate) => candidate === section.text)
  if (policy === undefined)
    throw violation(section.place, `expected ${policies.join(' or ')}, got "${section.text}"`)
  return policy
}

function readClosing({ place, text }: Section, session: Values, events: readonly TimelineEvent[]): ClosedBy {
  const closedBy = closings.find((closing) => closing === text)
  if (closedBy === undefined) throw violation(place, `expected ${closings.join(', ')}, got "${text}"`)
  if ((closedBy === 'sessionEnd') !== (events.at(-1)?.type === 'sessionEnd')) {
    throw violation(place, `closed by ${text}, but the last event is ${events.at(-1)?.type}`)
  }
  if (session['media.downloaded'] === true && closedBy !== 'end of list') {
    throw violation(place, 'a downloaded session is closed by the end of its list')
  }
  return closedBy
}

function readResult(rows: readonly Row[]): ReadonlyMap<string, ExpectedMetric> {
  const listed = new Map<string, ExpectedMetric>()
  for (const { place, cells } of rows) {
    const title = cells['metric'] ?? ''
    const metric = sessionMetrics.find((candidate) => candidate.title === title)
    if (metric === undefined) throw violation(place, `unknown metric "${title}"`)
    if (listed.has(metric.id)) throw violation(place, `"${title}" stands twice`)
    const text = (cells['value'] ?? '').replaceAll('`', '')
    const problem = problemInText(metric, text)
    if (problem !== undefined) throw violation(place, `${title}: ${problem}`)
    listed.set(metric.id, { metric, text })
  }
  return listed
}

function readPart({ place, cells }: Row, nameColumn: string): ExpectedPart {
  const completed = cells['completed']
  if (completed !== 'yes' && completed !== 'no')
    throw violation(place, `completed: expected yes or no, got "${completed}"`)
  return {
    name: cells[nameColumn] ?? '',
    startedS: readWhole(place, cells['started (s)']),
    closedS: readWhole(place, cells['closed (s)']),
    timeSpentS: readWhole(place, cells['time spent (s)']),
    isCompleted: completed === 'yes',
  }
}

function readState({ place, cells }: Row): ExpectedState {
  return {
    name: cells['state'] ?? '',
    count: readWhole(place, cells['count']),
    timeS: readWhole(place, cells['time (s)']),
  }
}

function readWhole(place: Place, cell = ''): number {
  if (!/^\d+$/.test(cell)) throw violation(place, `expected a whole number, got "${cell}"`)
  return Number(cell)
}
