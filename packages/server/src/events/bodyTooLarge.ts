import { type Problem, ProblemCode } from '@playhead/protocol'

/** What is too large, in the words of all such refusals. */
export function bodyTooLarge(maxBytes: number, what = 'The body'): Problem {
  return { code: ProblemCode.bodyTooLarge, pointer: '', message: `${what} is larger than ${maxBytes} bytes.` }
}
