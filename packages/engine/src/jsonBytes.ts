/**
 * Bytes that a text takes as JSON in UTF-8, with its quotes. What a session keeps is measured like this: it is what a
 * checkpoint writes, and in memory a text takes less.
 */
export function jsonBytesOf(text: string): number {
  let bytes = 2
  for (let at = 0; at < text.length; at += 1) bytes += bytesAt(text, at)
  return bytes
}

/**
 * The longest part in front of a text that takes no more than so many bytes as JSON; it ends with a whole character.
 */
export function clipToJsonBytes(text: string, maxBytes: number): string {
  let bytes = 2
  for (let at = 0; at < text.length; at += 1) {
    bytes += bytesAt(text, at)
    if (bytes > maxBytes) return text.slice(0, isInsideCharacter(text, at) ? at - 1 : at)
  }
  return text
}

/** Of one UTF-16 unit: a pair of surrogates takes 4 bytes, one alone is written as an escape of 6. */
function bytesAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if (unit === quote || unit === backslash) return 2
  if (unit < 0x20) return isShortEscape(unit) ? 2 : 6
  if (unit < 0x80) return 1
  if (unit < 0x8_00) return 2
  if (isHighSurrogate(unit)) return isLowSurrogate(text.charCodeAt(at + 1)) ? 2 : 6
  if (isLowSurrogate(unit)) return isHighSurrogate(text.charCodeAt(at - 1)) ? 2 : 6
  return 3
}

function isInsideCharacter(text: string, at: number): boolean {
  return isLowSurrogate(text.charCodeAt(at)) && isHighSurrogate(text.charCodeAt(at - 1))
}

const quote = 0x22
const backslash = 0x5c

/** Backspace, tabulator, line feed, form feed, carriage return. */
function isShortEscape(unit: number): boolean {
  return (unit >= 0x08 && unit <= 0x0a) || unit === 0x0c || unit === 0x0d
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdb_ff
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc_00 && unit <= 0xdf_ff
}
