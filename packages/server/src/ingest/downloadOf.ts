import { sessionDimensions } from '@playhead/protocol'
import type { CheckedList } from './checkList.ts'
import { arrivalOf, normaliseDownload } from '../events/normalise.ts'

/** What a downloaded session is known by when it is sent again. */
export interface Download {
  /** When it was watched, epoch milliseconds: the first event's `ts`, by the device's last clock. */
  readonly startedAtMs: number
  readonly identity: string
}

/**
 * Tell a downloaded session apart: by its viewer, content and player, its first and last time, and how many events
 * it has. Not by its bytes: a mobile SDK that repeats a list may write the members of its objects in another order.
 */
export function downloadOf({ first, last, events, startedAtMs }: Omit<CheckedList, 'ok'>): Download {
  const [{ event }] = normaliseDownload([first])
  const { dimensions } = event.start
  const who = sessionDimensions.map(({ param }) => dimensions[param] ?? null)
  const { tsMs: lastTsMs } = arrivalOf(last, 0)
  return { startedAtMs, identity: JSON.stringify([...who, startedAtMs, lastTsMs, events]) }
}
