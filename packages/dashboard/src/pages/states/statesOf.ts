import type { ReportRow } from '@playhead/protocol/reporting'

/** States that are shown at once: those that most sessions were in. */
const shownMax = 8
/** Characters in the name of a state whose figures can be asked for; `lenient` takes longer names, of which there are none. */
const nameLettersMax = 64

export interface StatesSent {
  readonly names: readonly string[]
  /** How many have names too long to be asked about. */
  readonly tooLong: number
}

/**
 * The states that were sent, by sessions by state. Figures of a state do not tell letter cases apart, so it is there once:
 * as media SDKs write it, where they know it.
 */
export function statesOf(rows: readonly ReportRow[], known: Readonly<Record<string, string>>): StatesSent {
  const knownNames = new Map(Object.keys(known).map((name) => [name.toLowerCase(), name]))
  const names = new Map<string, string>()
  for (const { dimensions } of rows) {
    const name = dimensions['playerStates']
    if (typeof name !== 'string' || name === '') continue
    const lower = name.toLowerCase()
    if (!names.has(lower)) names.set(lower, knownNames.get(lower) ?? name)
  }
  const askable = [...names.values()].filter((name) => Array.from(name).length <= nameLettersMax)
  return { names: askable.slice(0, shownMax), tooLong: names.size - askable.length }
}
