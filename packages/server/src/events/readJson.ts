import {
  accepted,
  type Problem,
  ProblemCode,
  refused,
  type Refused,
  type Result,
  type ValidationPolicy,
} from '@playhead/protocol'
import { findJsonBreak } from './jsonBreak.ts'
import { repeatedKey } from './repeatedKey.ts'
import { scanBody } from './scanBody.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Parse a body as JSON, whatever its Content-Type says: the API's own quick start sends a form type. A key that is
 * there twice is wrong, except under the policy `lenient`, which takes its last value.
 */
export function readJson(body: Buffer, policy: ValidationPolicy = 'documented'): Result<unknown> {
  if (body.length === 0)
    return notReadable(ProblemCode.bodyEmpty, 'The body is empty; send one event as a JSON object.')
  const scan = scanBody(body)
  if (!scan.ok) return notReadable(scan.code, scan.message)
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(body))
  } catch (error) {
    if (!(error instanceof SyntaxError))
      return notReadable(ProblemCode.bodyNotUtf8, 'The body is not valid UTF-8.')
    return refused([notJson(utf8.decode(body), error)])
  }
  const repeated = policy === 'lenient' ? undefined : repeatedKey(body, value, scan.keys)
  return repeated === undefined ? accepted(value) : refused([repeated])
}

/** Says where the text breaks, and how to mend it. */
function notJson(text: string, error: SyntaxError): Problem {
  const problem = { code: ProblemCode.bodyNotJson, pointer: '' }
  const found = findJsonBreak(text)
  if (found === undefined) return { ...problem, message: `The body is not valid JSON: ${error.message}` }
  const { line, column, what, remedy } = found
  return {
    ...problem,
    message: `The body is not valid JSON at line ${line}, column ${column}: ${what}.`,
    hint: `${remedy} (line ${line}, column ${column}).`,
  }
}

function notReadable(code: ProblemCode, message: string): Refused {
  return refused([{ code, pointer: '', message }])
}
