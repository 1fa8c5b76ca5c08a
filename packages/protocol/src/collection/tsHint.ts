import { tsMaxMs, tsMinMs } from './playerTime.ts'
import { isNumeric } from './typeHint.ts'

/** Smallest number that looks like seconds since 1970 (March 1973) rather than like the age of a page. */
const secondsMin = 100_000_000

/** What an unusable `ts` was probably meant to be. */
export function tsHint(value: unknown): string | undefined {
  if (isNumeric(value))
    return `send the number without quotes${isSeconds(Number(value)) ? ', in milliseconds' : ''}`
  if (typeof value !== 'number') return 'send milliseconds since 1970, such as Date.now()'
  if (!Number.isFinite(value)) return undefined
  if (isSeconds(value))
    return `this looks like seconds: multiply by 1000, which gives ${Math.round(value * 1000)}`
  if (value < tsMinMs)
    return 'send milliseconds since 1970, such as Date.now(), not the time since the page or the app started'
  if (isMilliseconds(value)) return 'round it to a whole millisecond'
  if (isMilliseconds(value / 1000)) return 'this looks like microseconds: divide by 1000'
  if (isMilliseconds(value / 1_000_000)) return 'this looks like nanoseconds: divide by 1000000'
  return undefined
}

function isSeconds(value: number): boolean {
  return value >= secondsMin && value < tsMinMs
}

function isMilliseconds(value: number): boolean {
  return value >= tsMinMs && value <= tsMaxMs
}
