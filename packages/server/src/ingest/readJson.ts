import { type Fault, FaultCode } from '@playhead/protocol'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Objects and arrays of a body inside each other: no event needs more than 3, a list of them 4. */
export const depthMax = 64

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: Fault }

/** Parse a body as JSON, whatever its Content-Type says: the API's own quick start sends a form type. */
export function readJson(body: Buffer): Parsed {
  if (body.length === 0)
    return faulty(FaultCode.bodyEmpty, 'The body is empty; send one event as a JSON object.')
  if (isTooDeep(body)) {
    return faulty(FaultCode.bodyTooDeep, `The body nests objects or arrays more than ${depthMax} deep.`)
  }
  let text: string
  try {
    text = utf8.decode(body)
  } catch {
    return faulty(FaultCode.bodyNotUtf8, 'The body is not valid UTF-8.')
  }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return faulty(FaultCode.bodyNotJson, `The body is not valid JSON: ${detail.slice(0, 200)}`)
  }
}

/** Whether a body nests too deep to be worked with; looks at brackets outside of strings alone. */
function isTooDeep(body: Buffer): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]
    if (isInString) {
      if (byte === char.backslash) at += 1
      else if (byte === char.quote) isInString = false
    } else if (byte === char.quote) {
      isInString = true
    } else if (byte === char.openBrace || byte === char.openBracket) {
      depth += 1
      if (depth > depthMax) return true
    } else if (byte === char.closeBrace || byte === char.closeBracket) {
      depth -= 1
    }
  }
  return false
}

const char = {
  quote: 0x22,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const

function faulty(code: FaultCode, message: string): Parsed {
  return { ok: false, fault: { code, pointer: '', message } }
}
