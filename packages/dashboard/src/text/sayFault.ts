import type { CodeText, FaultTexts, RemarkTexts } from './codeText.ts'
import { en } from './en.ts'
import type { Texts } from './texts.ts'

/** A fault or a remark as the server tells it, in English. */
export interface Told {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
}

/** The same for somebody who reads another language. */
export interface Said {
  /** What is wrong: in English of this very case, otherwise what its code stands for. */
  readonly title: string
  /** How it is mended. */
  readonly remedy: string | undefined
  /** What only the server says, of this very case, in English: the value, the place, what was probably meant. */
  readonly detail: string | undefined
}

/** Say a fault or a remark in the language of the interface. What nothing is known of is said as it was told. */
export function sayFault(text: Texts, { code, message, hint }: Told): Said {
  const general = textOf(en.faults, code)?.remedy
  const told = hint ?? general
  const asTold = { title: message, remedy: told && plain(told), detail: undefined }
  if (text.remarks === undefined) return asTold
  // A remark's words are the same each time; nothing of them is lost.
  const remark = textOf(text.remarks, code)
  if (remark !== undefined) return { ...remark, detail: undefined }
  const fault = textOf(text.faults, code)
  if (fault === undefined) return asTold
  const isOwnHint = hint !== undefined && hint !== general
  return {
    title: fault.title,
    remedy: plain(fault.remedy),
    detail: isOwnHint ? `${message} (${plain(hint)})` : message,
  }
}

/** What a code stands for, in a few words; nothing where none are known. */
export function titleOfCode(text: Texts, code: string): string | undefined {
  return (textOf(text.faults, code) ?? textOf(text.remarks, code))?.title
}

/** Without the signs of Markdown that the catalogue has for the reference pages. */
function plain(remedy: string): string {
  return remedy.replaceAll('`', '')
}

function textOf(texts: FaultTexts | RemarkTexts | undefined, code: string): CodeText | undefined {
  return texts !== undefined && Object.hasOwn(texts, code) ? (texts as RemarkTexts)[code] : undefined
}
