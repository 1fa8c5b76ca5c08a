import type { ProblemCode } from './ProblemCode.ts'

/** One thing wrong with a request: what, where, and how to mend it. The members are what a 400 answers. */
export interface Problem {
  code: ProblemCode
  /**
   * JSON Pointer (RFC 6901) into the body; `''` is the whole body. A missing member is pointed at where it
   * should be. Keys longer than 128 characters are cut and end in `…`.
   */
  pointer: string
  /** One sentence for people. */
  message: string
  /** What would be accepted there, in short. */
  expected?: string
  /** What was sent, as type and value; long values are cut. */
  got?: string
  /** The likely violation and its remedy, when it can be told from what was sent. */
  hint?: string
}
