import { type Fault, FaultCode, type ValidationPolicy } from '@playhead/protocol'
import { findJsonBreak } from './jsonBreak.ts'
import { repeatedKey } from './repeatedKey.ts'
import { scanBody } from './scanBody.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: Fault }

/**
 * Parse a body as JSON, whatever its Content-Type says: the API's own quick start sends a form type. A key that is
 * there twice is at fault, except under the policy `lenient`, which takes its last value.
 */
export function readJson(body: Buffer, policy: ValidationPolicy = 'documented'): Parsed {
  if (body.length === 0)
    return faulty(FaultCode.bodyEmpty, 'The body is empty; send one event as a JSON object.')
  const scan = scanBody(body)
  if (!scan.ok) return faulty(scan.code, scan.message)
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(body))
  } catch (error) {
    if (!(error instanceof SyntaxError)) return faulty(FaultCode.bodyNotUtf8, 'The body is not valid UTF-8.')
    return { ok: false, fault: notJson(utf8.decode(body), error) }
  }
  const repeated = policy === 'lenient' ? undefined : repeatedKey(body, value, scan.keys)
  return repeated === undefined ? { ok: true, value } : { ok: false, fault: repeated }
}

/** Says where the text breaks, and how to mend it. */
function notJson(text: string, error: SyntaxError): Fault {
  const fault = { code: FaultCode.bodyNotJson, pointer: '' }
  const found = findJsonBreak(text)
  if (found === undefined) return { ...fault, message: `The body is not valid JSON: ${error.message}` }
  const { line, column, what, remedy } = found
  return {
    ...fault,
    message: `The body is not valid JSON at line ${line}, column ${column}: ${what}.`,
    hint: `${remedy} (line ${line}, column ${column}).`,
  }
}

function faulty(code: FaultCode, message: string): Parsed {
  return { ok: false, fault: { code, pointer: '', message } }
}
