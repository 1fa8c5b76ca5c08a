/**
 * How a value is held and shown.
 * - `text`, `number`, `list`: as it is.
 * - `count`: a whole number from 0.
 * - `flag`: reported as `true` or not at all.
 * - `duration`: milliseconds inside, whole seconds in reports, rounded half up once.
 */
export type ValueKind = 'text' | 'number' | 'list' | 'count' | 'flag' | 'duration'

/**
 * One value of a report under all its names. `id` is the name in this project's code; in the store it is the
 * column of the same name in snake case, with `_ms` behind it for a duration.
 */
export interface ValueDefinition {
  readonly id: string
  readonly title: string
  readonly kind: ValueKind
  /** Name as an Analytics context data variable; absent where there is none. */
  readonly contextData?: string
  /** Path below `mediaReporting` in XDM; absent where there is none. */
  readonly xdm?: string
}

/** A value that is taken from what the player sent. */
export interface DimensionDefinition extends ValueDefinition {
  /** Key in `params` of the event that carries it. */
  readonly param: string
  /** Of a number that is a measure, and is no place in an order. */
  readonly unit?: 'seconds'
  readonly kind: 'text' | 'number'
}

/** A value that is computed, and by which rule. */
export interface MetricDefinition extends ValueDefinition {
  readonly rule: string
}

/** The store's column for a value. */
export function columnOf({ id, kind }: ValueDefinition): string {
  const snake = id.replaceAll(/(?<=[a-z])(?=[A-Z0-9])/g, '_').toLowerCase()
  return kind === 'duration' ? `${snake}_ms` : snake
}
