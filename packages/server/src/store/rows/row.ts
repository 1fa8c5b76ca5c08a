import { columnOf, type DimensionDefinition } from '@playhead/protocol'
import type { Dimensions, Metadata } from '../../session/mediaEvent.ts'
import type { SessionState } from '../../session/state.ts'

/** A row of the store by column name; times are epoch milliseconds. */
export type Row = Readonly<Record<string, unknown>>

/** The columns of the dimensions that were sent; null for the others. */
export function dimensionColumns(definitions: readonly DimensionDefinition[], dimensions: Dimensions): Row {
  return Object.fromEntries(
    definitions.map((definition) => {
      const value = dimensions[definition.param] ?? null
      return [columnOf(definition), typeof value === 'string' ? wellFormed(value) : value]
    }),
  )
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
  return life.startTsMs - life.startedAtMs
}
