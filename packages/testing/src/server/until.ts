import { setTimeout as wait } from 'node:timers/promises'

/** How long a condition may take to come true, milliseconds: only ever waited out by a test that fails. */
const patienceMsDefault = 120_000

/** Wait for a condition: resolves with the first answer that is neither `undefined` nor `false`. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  patienceMs = patienceMsDefault,
): Promise<T> {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const answer = await probe()
    if (answer !== undefined && answer !== false) return answer
    await wait(25)
  }
  throw new Error(`waited ${patienceMs / 1000} s in vain for ${what}`)
}
