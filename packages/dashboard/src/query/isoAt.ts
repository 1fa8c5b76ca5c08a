import { zoneOf } from './period.ts'

/** A moment in ISO 8601 by the clock of a time zone, as the server writes it. */
export function isoAt(atMs: number, timeZone: string): string {
  return zoneOf(timeZone).iso(atMs)
}
