import { segments, timeZone as zoneNamed } from '@playhead/protocol/reporting'

/**
 * What a page looks at: when, compared with what, and which sessions. It lives in the address alone, so that a view
 * can be shared, and the browser's back button goes back.
 */
export interface View {
  readonly range: Range
  /** IANA name; days begin at its midnight. */
  readonly timeZone: string
  readonly compare: Compare
  /** A built-in segment of the catalogue. */
  readonly segment: string | undefined
  readonly filters: readonly Filter[]
}

/** The last so many hours or days up to now, or whole days from one to another, both included. */
export type Range =
  | { readonly kind: 'last'; readonly last: LastName }
  | { readonly kind: 'days'; readonly from: string; readonly to: string }

export const lastNames = ['1h', '24h', '7d', '30d', '90d'] as const
export type LastName = (typeof lastNames)[number]

/** The period just before, the same days a week ago, or a year ago. */
export const compareNames = ['none', 'previous', 'week', 'year'] as const
export type Compare = (typeof compareNames)[number]

export const operators = ['is', 'is-not', 'contains'] as const
export type Operator = (typeof operators)[number]

export interface Filter {
  readonly dimension: string
  readonly operator: Operator
  readonly value: string
}

export const defaultRange: Range = { kind: 'last', last: '7d' }

/** Read a view from the address. What it cannot read it leaves out, and says so: the page tells its reader. */
export function readView(
  search: URLSearchParams,
  ownTimeZone: string,
): { view: View; unread: readonly string[] } {
  const unread: string[] = []
  const take = <Value>(name: string, read: (text: string) => Value | undefined, otherwise: Value): Value => {
    const text = search.get(name)
    if (text === null) return otherwise
    const value = read(text)
    if (value === undefined) unread.push(`${name}=${text}`)
    return value ?? otherwise
  }
  const filters = search.getAll('where').flatMap((text) => {
    const filter = readFilter(text)
    if (filter === undefined) unread.push(`where=${text}`)
    return filter ?? []
  })
  const view = {
    range: take<Range>('range', readRange, defaultRange),
    timeZone: take('tz', (text) => (zoneNamed(text) === undefined ? undefined : text), ownTimeZone),
    compare: take<Compare>('compare', (text) => compareNames.find((name) => name === text), 'none'),
    segment: take('segment', (text) => segments.find(({ id }) => id === text)?.id, undefined),
    filters,
  }
  return { view, unread }
}

/**
 * Write a view into the address; what is usual is left out, and what else is there stays. The time zone is always there:
 * who is sent the address may have another one, and would see other days.
 */
export function writeView(view: View, before = new URLSearchParams()): URLSearchParams {
  const search = new URLSearchParams(before)
  for (const name of ['range', 'tz', 'compare', 'segment', 'where']) search.delete(name)
  const range = rangeText(view.range)
  if (range !== rangeText(defaultRange)) search.set('range', range)
  search.set('tz', view.timeZone)
  if (view.compare !== 'none') search.set('compare', view.compare)
  if (view.segment !== undefined) search.set('segment', view.segment)
  for (const { dimension, operator, value } of view.filters)
    search.append('where', `${escaped(dimension)}:${operator}:${value}`)
  return search
}

function rangeText(range: Range): string {
  return range.kind === 'last' ? range.last : `${range.from}..${range.to}`
}

function readRange(text: string): Range | undefined {
  const last = lastNames.find((name) => name === text)
  if (last !== undefined) return { kind: 'last', last }
  const [, from, to] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text) ?? []
  if (from === undefined || to === undefined || !isDay(from) || !isDay(to) || from > to) return undefined
  return { kind: 'days', from, to }
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/**
 * `dimension:operator:value`. The value may have colons in it; those of the dimension, which a key of custom metadata has,
 * stand behind a backslash, as does a backslash. Addresses from before that are read by the first operator in them.
 */
const filterText = new RegExp(
  String.raw`^(?<dimension>(?:\\.|[^\\:])+|.+?):(?<operator>${operators.join('|')}):(?<value>.*)$`,
  'su',
)

function escaped(dimension: string): string {
  return dimension.replaceAll(/[\\:]/g, String.raw`\$&`)
}

function readFilter(text: string): Filter | undefined {
  const { dimension, operator: operatorText, value } = filterText.exec(text)?.groups ?? {}
  const operator = operators.find((name) => name === operatorText)
  if (dimension === undefined || operator === undefined || value === undefined) return undefined
  return { dimension: dimension.replaceAll(/\\([\\:])/g, '$1'), operator, value }
}
