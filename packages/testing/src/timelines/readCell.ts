import { parameterTable } from '@playhead/protocol'
import { type Place, violation } from './readPage.ts'

/** Values that an event carries, by key: `media.ad.id`, `qoeData.bitrate`, `customMetadata.genre`. */
export type Values = Readonly<Record<string, unknown>>

const keys = new Set(parameterTable.map(({ key }) => key))
const freeKey = /^(qoeData|customMetadata)\../
const value = /`([^`]+)` ("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^\s,]+)(?:, |$)/gy

/** Read `` `media.ad.id` "001", `media.ad.length` 15 ``: keys in backticks, each followed by its JSON value. */
export function readValues(place: Place, cell: string): Values {
  const values: Record<string, unknown> = {}
  let read = 0
  for (const [whole, key = '', json = ''] of cell.matchAll(value)) {
    values[readKey(place, key)] = readJson(place, json)
    read += whole.length
  }
  if (read < cell.length) {
    throw violation(place, `expected \`key\` value, …; got ${cell.slice(read)}`)
  }
  return values
}

/** A key of the API, or any key behind `qoeData.` and `customMetadata.`. */
export function readKey(place: Place, key: string): string {
  if (keys.has(key) || freeKey.test(key)) return key
  throw violation(place, `unknown parameter ${key}`)
}

export function readJson(place: Place, json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw violation(place, `not a JSON value: ${json}`)
  }
}

/** Read `12`, `-3.5`, `1..14` (one per second) or `70..1860 by 10`: the numbers it stands for. */
export function readNumbers(place: Place, cell: string): number[] {
  const match = /^(-?\d+(?:\.\d+)?)(?:\.\.(-?\d+)(?: by (\d+))?)?$/.exec(cell)
  if (match === null) throw violation(place, `expected 12, 1..14 or 10..90 by 10, got "${cell}"`)
  const from = Number(match[1])
  const to = Number(match[2] ?? from)
  const by = Number(match[3] ?? 1)
  if (by === 0 || (to - from) % by !== 0) throw violation(place, `"${cell}" does not end at ${to}`)
  return Array.from({ length: (to - from) / by + 1 }, (_, nth) => from + nth * by)
}
