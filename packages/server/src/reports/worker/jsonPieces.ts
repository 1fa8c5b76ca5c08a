/** Length of a piece of JSON, characters: short enough to be encoded and sent in well below a millisecond. */
const pieceChars = 262_144
/** Items of a list that are written at once. */
const itemsAtOnce = 256

/**
 * A JSON value as bytes in pieces, whatever its length: as one string it would take its length three times over, and
 * beyond 512 MB it could not be made.
 */
export function jsonPieces(value: unknown): Uint8Array<ArrayBuffer>[] {
  const encoder = new TextEncoder()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let text = ''
  for (const part of partsOf(value)) {
    text += part
    if (text.length < pieceChars) continue
    pieces.push(encoder.encode(text))
    text = ''
  }
  if (text !== '') pieces.push(encoder.encode(text))
  return pieces
}

/** Long lists are taken apart, and the objects that may have some. */
function* partsOf(value: unknown): Generator<string> {
  if (Array.isArray(value) && value.length > itemsAtOnce) {
    for (let at = 0; at < value.length; at += itemsAtOnce) {
      const items = JSON.stringify(value.slice(at, at + itemsAtOnce)).slice(1, -1)
      yield `${at === 0 ? '[' : ','}${items}`
    }
    yield ']'
  } else if (isObject(value)) {
    let before = '{'
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue
      yield `${before}${JSON.stringify(name)}:`
      yield* partsOf(member)
      before = ','
    }
    yield before === '{' ? '{}' : '}'
  } else {
    yield JSON.stringify(value)
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
