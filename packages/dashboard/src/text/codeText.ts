import type { FaultCode } from '@playhead/protocol'

/** What a code stands for, and what to do about it. */
export interface CodeText {
  readonly title: string
  readonly remedy: string
}

/** By the codes of docs/reference/faults.md. */
export type FaultTexts = Readonly<Record<FaultCode, CodeText>>

/** By the codes of docs/reference/diagnostics.md; a test asks for each of them. */
export type RemarkTexts = Readonly<Record<string, CodeText>>
