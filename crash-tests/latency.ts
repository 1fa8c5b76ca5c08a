import { setTimeout as wait } from 'node:timers/promises'
import type { Line } from './line.ts'

/** How long the answers of a line take, from now on for a while; milliseconds each. */
export async function measure(line: Line, durationMs: number): Promise<number[]> {
  const latenciesMs: number[] = []
  line.latenciesMs = latenciesMs
  await wait(durationMs)
  line.latenciesMs = undefined
  return latenciesMs
}

/** What 99 of 100 stay within. */
export function percentile99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN
}
