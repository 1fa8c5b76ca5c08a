import type { Violation } from './findViolations.ts'
import { nearestKey } from './nearestKey.ts'
import { parameterTable } from './parameterTable.ts'

/** Most members of one object that are searched for a misspelling of a missing one. Bounds the work. */
const searchedMax = 256

/** Words that other APIs use for what `playerTime` holds. */
const playerTimeWords: ReadonlyMap<string, string> = new Map([
  ['timestamp', 'ts'],
  ['time', 'ts'],
  ['position', 'playhead'],
  ['currenttime', 'playhead'],
])

/** A missing member may be there under a name that is nearly right. */
export function missingMemberHint({ path, around }: Violation): string | undefined {
  const missing = String(path.at(-1))
  const known = Object.keys(around?.node.properties ?? {})
  const sent = Object.keys(around?.value ?? {}).slice(0, searchedMax)
  const meant = sent.find((key) => !known.includes(key) && nearestKey(key, known) === missing)
  return meant === undefined ? undefined : `${JSON.stringify(meant)} is there: did you mean ${missing}?`
}

/** An unknown key may be misspelt, or known elsewhere in an event. */
export function unknownKeyHint({ path, node, around }: Violation, isOfEvent: boolean): string | undefined {
  const key = String(path.at(-1))
  if (node.patternProperties !== undefined) return 'replace other characters, for example by an underscore'
  const own = Object.keys(around?.node.properties ?? {})
  const meant =
    nearestKey(key, own) ?? (path[0] === 'playerTime' ? playerTimeWords.get(key.toLowerCase()) : undefined)
  if (meant !== undefined) return `did you mean ${meant}?`
  return isOfEvent ? elsewhereHint(key, path.length === 1) : undefined
}

function elsewhereHint(key: string, isTopLevel: boolean): string {
  const exact = parameterTable.find((parameter) => parameter.key === key)
  const nearest = exact?.key ?? nearestKey(key, parameterKeys)
  const meant = exact ?? parameterTable.find((parameter) => parameter.key === nearest)
  if (meant === undefined) return 'data of your own belong in customMetadata, as strings'
  const isMisplaced = isTopLevel || meant.member !== 'params'
  const place = isMisplaced ? `in ${meant.member}` : `to ${meant.events.join(', ')}`
  return exact === undefined ? `did you mean ${meant.key}? It belongs ${place}` : `${key} belongs ${place}`
}

const parameterKeys = parameterTable.map((parameter) => parameter.key)
