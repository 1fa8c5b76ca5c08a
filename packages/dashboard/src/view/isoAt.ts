import { clockAt } from './period.ts'

/** A moment in ISO 8601 by the clock of a time zone, as the server writes it. */
export function isoAt(atMs: number, timeZone: string): string {
  const clockMs = clockAt(atMs, timeZone)
  const text = new Date(clockMs).toISOString().replace(/(\.000)?Z$/, '')
  const minutes = Math.round((clockMs - atMs) / 60_000)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${text}${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
}
