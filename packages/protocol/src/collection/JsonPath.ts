import { clip } from './renderValue.ts'

/** Way from the body to a value inside it: member names and array indexes. */
export type JsonPath = readonly (number | string)[]

/** Longest key that is repeated in full in a pointer, in UTF-16 units. */
const pointerKeyMax = 128

/** Longest key that is repeated in full in a sentence, in UTF-16 units. */
const shownKeyMax = 64

/** The path as JSON Pointer (RFC 6901). */
export function toPointer(path: JsonPath): string {
  return path
    .map((step) => `/${clip(String(step), pointerKeyMax).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}

/** The path as one would write it in code: `params.media.id`, `params.statesStart[0]`. */
export function toText(path: JsonPath): string {
  if (path.length === 0) return 'the body'
  return path.map((step, index) => stepText(step, index === 0)).join('')
}

function stepText(step: number | string, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`
  const key = clip(step, shownKeyMax)
  if (!/^[\w.]+$/.test(key)) return `[${JSON.stringify(key)}]`
  return isFirst ? key : `.${key}`
}
