import type { CodeText, ProblemTexts, WarningTexts } from './codeText.ts'
import { en } from './en/texts.ts'
import type { Texts } from './texts.ts'

/** A problem or a warning as the server tells it, in English. */
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

/** Say a problem or a warning in the language of the interface. What nothing is known of is said as it was told. */
export function sayProblem(text: Texts, { code, message, hint }: Told): Said {
  const general = textOf(en.problems, code)?.remedy
  const told = hint ?? general
  const asTold = { title: message, remedy: told && plain(told), detail: undefined }
  if (text.warnings === undefined) return asTold
  // A warning's words are the same each time; nothing of them is lost.
  const warning = textOf(text.warnings, code)
  if (warning !== undefined) return { ...warning, detail: undefined }
  const problem = textOf(text.problems, code)
  if (problem === undefined) return asTold
  const isOwnHint = hint !== undefined && hint !== general
  return {
    title: problem.title,
    remedy: plain(problem.remedy),
    detail: isOwnHint ? `${message} (${plain(hint)})` : message,
  }
}

/** What a code stands for, in a few words; nothing where none are known. */
export function titleOfCode(text: Texts, code: string): string | undefined {
  return (textOf(text.problems, code) ?? textOf(text.warnings, code))?.title
}

/** Without the signs of Markdown that the catalogue has for the reference pages. */
function plain(remedy: string): string {
  return remedy.replaceAll('`', '')
}

function textOf(texts: ProblemTexts | WarningTexts | undefined, code: string): CodeText | undefined {
  return texts !== undefined && Object.hasOwn(texts, code) ? (texts as WarningTexts)[code] : undefined
}
