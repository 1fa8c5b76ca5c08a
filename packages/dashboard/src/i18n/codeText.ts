import type { ProblemCode } from '@playhead/protocol'

/** What a code stands for, and what to do about it. */
export interface CodeText {
  readonly title: string
  readonly remedy: string
}

/** By the codes of docs/reference/problems.md. */
export type ProblemTexts = Readonly<Record<ProblemCode, CodeText>>

/** By the codes of docs/reference/diagnostics.md; a test asks for each of them. */
export type WarningTexts = Readonly<Record<string, CodeText>>
