import { clip } from '@playhead/protocol'

/** Where a text stops being JSON, and how to mend it. */
export interface JsonBreak {
  /** From 1. */
  readonly line: number
  /** In characters of the line, from 1. */
  readonly column: number
  /** What is wrong there. */
  readonly what: string
  readonly remedy: string
}

/** Words of a text that are repeated, characters. */
const shownMaxChars = 24

/**
 * Find the first place where a text is no JSON, for one that the parser has refused. A violation that people make often, or
 * that the documentation's samples lead to, has its own remedy.
 *
 * @returns `undefined` where nothing is found: the parser knows more than this then
 */
export function findJsonBreak(text: string): JsonBreak | undefined {
  const violation = findViolation(text)
  if (violation === undefined) return undefined
  const { at, what, remedy } = violation
  return { ...placeOf(text, at), what, remedy }
}

function placeOf(text: string, at: number): Pick<JsonBreak, 'line' | 'column'> {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/)
  return { line: lines.length, column: Array.from(lines.at(-1) ?? '').length + 1 }
}

interface Violation {
  readonly at: number
  readonly what: string
  readonly remedy: string
}

/** What may come next: a value, a key, or what follows either. */
type Expected = 'body' | 'value' | 'firstValue' | 'key' | 'firstKey' | 'colon' | 'next' | 'end'

const whiteSpace = /[ \t\r\n]*/y
const wholeText = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y

/** Walk through the text token by token: `open` holds the brackets that are not closed yet. */
function findViolation(text: string): Violation | undefined {
  const open: { readonly bracket: string; readonly at: number }[] = []
  let expected: Expected = 'body'
  let at = 0
  let commaAt = 0
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'next')
  for (;;) {
    skip(whiteSpace)
    const char = text[at]
    if (char === undefined) return expected === 'end' ? undefined : cutOff(text, open.at(-1))
    const isValueDue = expected === 'body' || expected === 'value' || expected === 'firstValue'
    const isKeyDue: boolean = expected === 'key' || expected === 'firstKey'
    if (isValueDue && (char === '{' || char === '[')) {
      open.push({ bracket: char, at })
      expected = char === '{' ? 'firstKey' : 'firstValue'
      at += 1
    } else if ((isValueDue || isKeyDue) && char === '"') {
      if (!skip(wholeText)) return textViolation(text, at)
      expected = isKeyDue ? 'colon' : afterValue()
    } else if (isValueDue && skip(scalar)) {
      expected = afterValue()
    } else if (expected === 'colon' && char === ':') {
      expected = 'value'
      at += 1
    } else if (expected === 'next' && char === ',') {
      commaAt = at
      expected = open.at(-1)?.bracket === '{' ? 'key' : 'value'
      at += 1
    } else if (isClosing(char, open.at(-1)?.bracket)) {
      if (expected === 'key' || (expected === 'value' && char === ']'))
        return { at: commaAt, ...danglingComma }
      if (expected === 'value' || expected === 'colon') return { at, ...valueMissing }
      open.pop()
      expected = afterValue()
      at += 1
    } else {
      return { at, ...violationAt(text, at, expected) }
    }
  }
}

function isClosing(char: string, bracket: string | undefined): boolean {
  return (char === '}' && bracket === '{') || (char === ']' && bracket === '[')
}

/** What people write where JSON has something else, in the order in which it is looked for. */
const violations: readonly (readonly [RegExp, what: string, remedy: string])[] = [
  [
    /\.\.\.|…/y,
    'an ellipsis',
    'Remove the ellipsis, and a comma that is left over: it stands for what a sample of the documentation leaves out',
  ],
  [/\/[/*]|#|<!--/y, 'a comment', 'Remove the comment: JSON has none'],
  [/<[^<>\n]{1,64}>/y, 'a placeholder in angle brackets', 'Put a value in the place of the placeholder'],
  [/['‘’‚`]/y, 'a single quote', 'Write texts and keys in double quotes'],
  [/[“”„«»]/y, 'a typographic quote', 'Write texts and keys in straight double quotes'],
  [
    /[+-]?(?:NaN|Infinity)\b/y,
    'a number that JSON cannot write',
    'Send a finite number, or leave the key out',
  ],
  [/undefined\b/y, 'the word undefined', 'Leave the key out: JSON has no undefined'],
  [/(?:True|False|None|TRUE|FALSE|NULL)\b/y, 'a word in capitals', 'Write true, false or null in lower case'],
  [/,/y, 'a comma too many', 'Remove one of the commas'],
  [/\uFEFF/y, 'a second byte order mark', 'Write one byte order mark at most, or none'],
  [
    /\p{Cc}/uy,
    'a control character',
    'Encode the body as UTF-8; NUL bytes between its letters are those of UTF-16',
  ],
]

function violationAt(text: string, at: number, expected: Expected): Omit<Violation, 'at'> {
  for (const [pattern, what, remedy] of violations) {
    pattern.lastIndex = at
    if (pattern.test(text)) return { what: `${what}, ${shownAt(text, at)}`, remedy }
  }
  const shown = shownAt(text, at)
  switch (expected) {
    case 'end':
      return {
        what: `${shown} behind the end of the value`,
        remedy: 'Send one JSON value: an event, or a list of events in square brackets',
      }
    case 'key':
    case 'firstKey':
      return { what: `${shown} where a key is expected`, remedy: 'Write keys in double quotes' }
    case 'colon':
      return { what: `${shown} behind a key`, remedy: 'Write a colon between key and value' }
    case 'next':
      return {
        what: `${shown} behind a value`,
        remedy: 'Write a comma between members, and close each bracket',
      }
    case 'body':
      return {
        what: `${shown} at the beginning`,
        remedy: 'Send the event as a JSON object, in curly brackets',
      }
    default:
      return /[-+.\d]/.test(text[at] ?? '')
        ? {
            what: `the number ${shown}`,
            remedy: 'Write numbers as 12, -1, 0.5 or 1e3: no sign + and no leading zero',
          }
        : { what: `${shown} where a value is expected`, remedy: 'Write texts in double quotes' }
  }
}

const danglingComma = {
  what: 'a comma with nothing behind it',
  remedy: 'Remove the comma behind the last member',
}

const valueMissing = { what: 'a key without a value', remedy: 'Write the value, or leave the key out' }

/** In a text: where it has something that must be escaped, or never ends. */
function textViolation(text: string, from: number): Violation {
  const inside = /(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y
  inside.lastIndex = from + 1
  inside.test(text)
  const at = inside.lastIndex
  const char = text[at]
  if (char === undefined)
    return {
      at: from,
      what: 'a text without its closing quote',
      remedy: 'Send the whole body: it seems cut off',
    }
  if (char === '\\') {
    const remedy =
      'Escape a backslash as \\\\; JSON knows \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits'
    return { at, what: `the escape ${JSON.stringify(text.slice(at, at + 2))}`, remedy }
  }
  const what =
    char === '\n' || char === '\r' ? 'a line break inside a text' : 'a control character inside a text'
  return {
    at,
    what,
    remedy: 'Write \\n for a line break, \\t for a tab and \\u00XX for other control characters',
  }
}

/** The word that begins there, or the one character. */
function shownAt(text: string, at: number): string {
  const word = /[^\s,:[\]{}"]+/y
  word.lastIndex = at
  const [shown = String.fromCodePoint(text.codePointAt(at) ?? 0)] = word.exec(text) ?? []
  return JSON.stringify(clip(shown, shownMaxChars))
}

function cutOff(
  text: string,
  opener: { readonly bracket: string; readonly at: number } | undefined,
): Violation {
  const remedy = 'Send the whole body: it seems cut off'
  if (opener === undefined)
    return { at: text.length, what: 'no value', remedy: 'Send the event as a JSON object' }
  const { line, column } = placeOf(text, opener.at)
  return {
    at: text.length,
    what: `the end of the body, while ${opener.bracket} of line ${line}, column ${column} is open`,
    remedy,
  }
}
