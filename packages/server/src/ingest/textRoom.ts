import type { SessionStart } from '../session/mediaEvent.ts'
import { clipToJsonBytes, jsonBytesOf } from '../session/jsonBytes.ts'

/** One text that a session keeps, as JSON: a title, an address, the value of a metadata key. Longer ones are cut, and a warning says so. */
export const keptTextMaxBytes = 1024
/** All texts of a start that a session keeps, with their keys: real starts stay below 5 KB. */
export const startTextsMaxBytes = 32_768
/** All texts of another event that a session keeps, with their keys: of an ad, a chapter, player states. */
export const eventTextsMaxBytes = 4096

/** Bytes that a text of so many characters takes as JSON at most. */
const bytesPerCharacter = 6
/** Quotes, colon and comma around a key and its value. */
const punctuationBytes = 6
const numberBytes = 24

/** The room that a session has for the texts of one event. What finds none is left out, and remembered for the warning. */
export class TextRoom {
  readonly #clipped: string[] = []
  #leftBytes: number

  constructor(maxBytes: number) {
    this.#leftBytes = maxBytes
  }

  /** Pointers to what was cut or left out, in the order in which it was met. */
  get clipped(): readonly string[] {
    return this.#clipped
  }

  /** The text as it is kept; `undefined` when there is no room for it. */
  keepText(member: string, key: string, text: string): string | undefined {
    const isShort = text.length * bytesPerCharacter < keptTextMaxBytes
    const kept = isShort ? text : clipToJsonBytes(text, keptTextMaxBytes)
    if (!this.#has(jsonBytesOf(kept) + jsonBytesOf(key) + punctuationBytes)) {
      this.#clipped.push(`/${member}/${key}`)
      return undefined
    }
    if (kept !== text) this.#clipped.push(`/${member}/${key}`)
    return kept
  }

  /** Whether a number is kept. */
  keepNumber(member: string, key: string): boolean {
    const isKept = this.#has(numberBytes + jsonBytesOf(key) + punctuationBytes)
    if (!isKept) this.#clipped.push(`/${member}/${key}`)
    return isKept
  }

  #has(bytes: number): boolean {
    if (bytes > this.#leftBytes) return false
    this.#leftBytes -= bytes
    return true
  }
}

/** What the texts of a start take that is kept. */
export function textBytesOf({ dimensions, metadata }: Pick<SessionStart, 'dimensions' | 'metadata'>): number {
  let bytes = 0
  for (const [key, value] of [...Object.entries(dimensions), ...Object.entries(metadata)])
    bytes += key.length + String(value).length + punctuationBytes
  return bytes
}
