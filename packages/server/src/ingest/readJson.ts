import { type Fault, FaultCode } from '@playhead/protocol'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: Fault }

/** Parse a body as JSON, whatever its Content-Type says: the API's own quick start sends a form type. */
export function readJson(body: Buffer): Parsed {
  if (body.length === 0)
    return faulty(FaultCode.bodyEmpty, 'The body is empty; send one event as a JSON object.')
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

function faulty(code: FaultCode, message: string): Parsed {
  return { ok: false, fault: { code, pointer: '', message } }
}
