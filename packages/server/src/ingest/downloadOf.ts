import { sessionDimensions } from '@playhead/protocol'
import { normaliseDownload } from './normalise.ts'

/** What a downloaded session is known by when it is sent again. */
export interface Download {
  /** The first event's `ts`, epoch milliseconds: when it was watched. */
  readonly startedAtMs: number
  readonly identity: string
}

/**
 * Tell a downloaded session apart: by its viewer, content and player, its first and last time, and how many events
 * it has. Not by its bytes: a mobile SDK that repeats a list may write the members of its objects in another order.
 */
export function downloadOf(list: readonly unknown[]): Download {
  const [start, ...events] = normaliseDownload(list)
  const { dimensions } = start.event.start
  const last = events.at(-1) ?? start
  const who = sessionDimensions.map(({ param }) => dimensions[param] ?? null)
  const startedAtMs = start.event.tsMs
  return { startedAtMs, identity: JSON.stringify([...who, startedAtMs, last.event.tsMs, list.length]) }
}
