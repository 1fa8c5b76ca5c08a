import { type Problem, ProblemCode, type ValidationPolicy } from '@playhead/protocol'
import { bodyTooLarge } from './bodyTooLarge.ts'
import { readJson } from './readJson.ts'

/** An event of a list, with the part of the body that it was. */
export interface ListElement {
  readonly index: number
  readonly bytes: Buffer
  readonly json: unknown
}

/** What a list may have; a list that is in the log already has no bounds. */
export interface ListBounds {
  readonly eventMaxBytes: number
  readonly eventsMax: number
}

/** Whether a body begins like a list, white space aside. */
export function isList(body: Buffer): boolean {
  return body[pastSpace(body, 0)] === char.openBracket
}

/**
 * The elements of a body that is a list, each parsed by itself, so that whoever asks for them can let others have their turn
 * in between. Ends with the problem that keeps the rest from being read, where there is one.
 */
export function* listElements(
  body: Buffer,
  policy: ValidationPolicy,
  { eventMaxBytes, eventsMax }: ListBounds,
): Generator<ListElement, Problem | undefined, void> {
  let at = pastSpace(body, pastSpace(body, 0) + 1)
  if (body[at] === char.closeBracket) return afterList(body, at + 1)
  for (let index = 0; ; index += 1) {
    const end = endOfElement(body, at, at + eventMaxBytes)
    if (end - at > eventMaxBytes) return inElement(index, bodyTooLarge(eventMaxBytes, 'The event'))
    if (end >= body.length) return notJson('The list has no closing bracket.')
    const bytes = body.subarray(at, end)
    if (pastSpace(bytes, 0) === bytes.length)
      return notJson(`Element ${index} of the list is missing: there is a comma too many.`)
    if (index >= eventsMax) return eventsTooMany(eventsMax)
    const parsed = readJson(bytes, policy)
    if (!parsed.ok) return inElement(index, parsed.problems[0])
    yield { index, bytes, json: parsed.value }
    if (body[end] === char.closeBracket) return afterList(body, end + 1)
    at = end + 1
  }
}

/** Where the comma or the bracket behind an element is; further on than `limit` nobody looks. */
function endOfElement(body: Buffer, from: number, limit: number): number {
  let depth = 0
  for (let at = from; at < body.length; at += 1) {
    switch (body[at]) {
      case char.quote:
        at = endOfText(body, at + 1)
        break
      case char.openBracket:
      case char.openBrace:
        depth += 1
        break
      case char.closeBrace:
        depth -= 1
        break
      case char.closeBracket:
        if (depth === 0) return at
        depth -= 1
        break
      case char.comma:
        if (depth === 0) return at
        break
      default:
    }
    if (at > limit) return at
  }
  return body.length
}

function endOfText(body: Buffer, from: number): number {
  let at = from
  while (at < body.length && body[at] !== char.quote) at += body[at] === char.backslash ? 2 : 1
  return at
}

function afterList(body: Buffer, from: number): Problem | undefined {
  return pastSpace(body, from) === body.length ? undefined : notJson('There is something behind the list.')
}

function pastSpace(body: Buffer, from: number): number {
  let at = from
  while (at < body.length && isSpace(body[at])) at += 1
  return at
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** A problem of one element, by its place in the list. */
function inElement(index: number, problem: Problem): Problem {
  return {
    ...problem,
    pointer: `/${index}${problem.pointer}`,
    message: `Element ${index} of the list: ${problem.message}`,
  }
}

function notJson(message: string): Problem {
  const hint = 'A JSON library writes lists as they have to be.'
  return { code: ProblemCode.bodyNotJson, pointer: '', message, hint }
}

function eventsTooMany(eventsMax: number): Problem {
  return {
    code: ProblemCode.eventsTooMany,
    pointer: '',
    message: `The list has more than ${eventsMax} events.`,
    hint: 'send one list for each session; a day with an event every second has 86400',
  }
}

const char = {
  quote: 0x22,
  comma: 0x2c,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const
