import { columnOf, type DimensionDefinition, type ValueDefinition } from '@playhead/protocol'
import type { Dimensions, Metadata, SessionState } from '@playhead/engine'

/** A row of the store by column name; times are epoch milliseconds. */
export type Row = Readonly<Record<string, unknown>>

/** A value with the name of its column, which is worked out once and not for each row. */
export type Column<Definition extends ValueDefinition> = readonly [name: string, definition: Definition]

export function columnsOf<Definition extends ValueDefinition>(
  definitions: readonly Definition[],
): readonly Column<Definition>[] {
  return definitions.map((definition) => [columnOf(definition), definition])
}

/** Put the dimensions that were sent into their columns of a row; null into the others. */
export function putDimensions(
  row: Record<string, unknown>,
  columns: readonly Column<DimensionDefinition>[],
  dimensions: Dimensions,
): void {
  for (const [name, { param }] of columns) {
    const value = dimensions[param] ?? null
    row[name] = typeof value === 'string' ? wellFormed(value) : value
  }
}

/** JSON can carry half of a surrogate pair (`"\ud83d"`), UTF-8 cannot: such a half becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.toWellFormed()
}

export function wellFormedMap(metadata: Metadata): Metadata {
  return Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [wellFormed(key), wellFormed(value)]),
  )
}

/**
 * How far the device's clock is ahead of the server's, milliseconds, as measured at the session's start: with
 * it a device time is placed at the true time. A start that waited in the player's queue makes it too low.
 */
export function clockAheadMs({ life }: SessionState): number {
  return life.clock.startTsMs - life.startedAtMs
}
