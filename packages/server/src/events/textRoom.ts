import { type Clipped, clipToJsonBytes, jsonBytesOf, type SessionStart } from '@playhead/engine'

/** One text that a session keeps, as JSON: a title, an address, the value of a metadata key. Longer ones are cut, and a warning says so. */
export const keptTextMaxBytes = 1024
/** All texts of a start that a session keeps, with their keys: real starts stay below 5 KB. */
export const startTextsMaxBytes = 32_768
/** All texts of another event that a session keeps, with their keys: of an ad, a chapter, player states. */
export const eventTextsMaxBytes = 4096

/** Texts that are named in the warning; the others are counted. A session keeps the names while the event waits. */
const clippedNamesMax = 20
/** A name in the warning, as JSON; a longer one is cut. */
const clippedNameMaxBytes = 128

/** Bytes that a text of so many characters takes as JSON at most. */
const bytesPerCharacter = 6
/** Quotes, colon and comma around a key and its value. */
const punctuationBytes = 6
const numberBytes = 24

/** The room that a session has for the texts of one event. What finds none is left out, and remembered for the warning. */
export class TextRoom {
  readonly #clippedNames: string[] = []
  #clippedCount = 0
  #leftBytes: number

  constructor(maxBytes: number) {
    this.#leftBytes = maxBytes
  }

  /** What was cut or left out; `undefined` when nothing was. */
  get clipped(): Clipped | undefined {
    return this.#clippedCount === 0 ? undefined : { pointers: this.#clippedNames, count: this.#clippedCount }
  }

  /** The text as it is kept; `undefined` when there is no room for it. */
  keepText(member: string, key: string, text: string): string | undefined {
    const isShort = text.length * bytesPerCharacter < keptTextMaxBytes
    const kept = isShort ? text : clipToJsonBytes(text, keptTextMaxBytes)
    if (!this.#has(jsonBytesOf(kept) + jsonBytesOf(key) + punctuationBytes)) {
      this.#noteClipped(member, key)
      return undefined
    }
    if (kept !== text) this.#noteClipped(member, key)
    return kept
  }

  /** Whether a number is kept. */
  keepNumber(member: string, key: string): boolean {
    const isKept = this.#has(numberBytes + jsonBytesOf(key) + punctuationBytes)
    if (!isKept) this.#noteClipped(member, key)
    return isKept
  }

  #noteClipped(member: string, key: string): void {
    this.#clippedCount += 1
    if (this.#clippedCount > clippedNamesMax) return
    this.#clippedNames.push(clipToJsonBytes(`/${member}/${key}`, clippedNameMaxBytes))
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
