import { ProblemCode } from '@playhead/protocol'

/** Objects and arrays of a body inside each other: no event needs more than 3, a list of them 4; more gets 400. */
export const depthMax = 64

/** Keys of one object of a body: `customMetadata` of real players has some dozens; more gets 413. */
export const keysMax = 1000

/** A key of a body, as written: reports can ask for keys of 256 characters; more gets 413. */
export const keyMaxBytes = 1024

/** A text of a body, as written: titles and URLs stay below 4 KB; more gets 413. */
export const textMaxBytes = 16_384

/** What the bytes of a body tell before they are parsed: how many keys they have, or which limit they break. */
export type Scan =
  | { readonly ok: true; readonly keys: number }
  | { readonly ok: false; readonly code: ProblemCode; readonly message: string }

/**
 * Look through a body once, before anything is built from it. What is outside of texts is all that counts; whether it
 * is JSON is the parser's to say.
 */
export function scanBody(body: Buffer): Scan {
  const keysAt = new Uint32Array(depthMax + 1)
  let depth = 0
  let keys = 0
  let textBytes = 0
  for (let at = 0; at < body.length; at += 1) {
    switch (body[at]) {
      case char.quote: {
        const end = endOfText(body, at + 1)
        textBytes = end - at - 1
        if (textBytes > textMaxBytes) return broken(ProblemCode.textTooLong, texts.text, at)
        at = end
        break
      }
      case char.openBrace:
      case char.openBracket:
        depth += 1
        if (depth > depthMax) return broken(ProblemCode.bodyTooDeep, texts.depth, at)
        keysAt[depth] = 0
        break
      case char.closeBrace:
      case char.closeBracket:
        if (depth > 0) depth -= 1
        break
      case char.colon: {
        const count = (keysAt[depth] ?? 0) + 1
        keysAt[depth] = count
        keys += 1
        if (count > keysMax) return broken(ProblemCode.keysTooMany, texts.keys, at)
        if (textBytes > keyMaxBytes) return broken(ProblemCode.keyTooLong, texts.key, at)
        break
      }
      default:
    }
  }
  return { ok: true, keys }
}

/** Where the text that begins here has its closing quote; the end of the body when it has none. */
function endOfText(body: Buffer, from: number): number {
  let at = from
  while (at < body.length && body[at] !== char.quote) at += body[at] === char.backslash ? 2 : 1
  return at
}

const texts = {
  depth: `The body nests objects or arrays more than ${depthMax} deep`,
  keys: `An object has more than ${keysMax} keys`,
  key: `A key is longer than ${keyMaxBytes} bytes`,
  text: `A text is longer than ${textMaxBytes} bytes`,
}

function broken(code: ProblemCode, what: string, at: number): Scan {
  return { ok: false, code, message: `${what}, at byte ${at}.` }
}

const char = {
  quote: 0x22,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const
