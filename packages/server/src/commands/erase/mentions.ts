/** How often a text is decoded at most: JSON in a string of JSON in a string of JSON has its escapes escaped twice. */
const decodingsMax = 4

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/**
 * Whether a text, which may be JSON, broken or cut off anywhere, has an id in it, however it is escaped. It is not
 * parsed: parsing finds nothing in what is broken, and of a key that is there twice one value alone.
 */
export function mentions(text: string, id: string): boolean {
  // The bytes of UTF-16 that were taken for UTF-8 have a NUL beside each character.
  let decoded = text.replaceAll('\0', '')
  if (text.includes(id) || decoded.includes(id)) return true
  for (let count = 0; count < decodingsMax && decoded.includes('\\'); count += 1) {
    // What is no JSON may have a backslash before an escape that belongs to something else.
    if (decodedBlindly(decoded).includes(id)) return true
    const next = decodedOnce(decoded)
    if (next.includes(id)) return true
    if (next === decoded) return false
    decoded = next
  }
  return false
}

/** Without one layer of escapes, as JSON reads them from the left. */
function decodedOnce(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/gis, (_escape, hex?: string, character = '') =>
    hex === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** Every `\u....`, whatever is before it. */
function decodedBlindly(text: string): string {
  return text.replaceAll(/\\u([0-9a-f]{4})/gi, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
