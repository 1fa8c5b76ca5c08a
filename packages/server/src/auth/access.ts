import { type Problem, ProblemCode } from '@playhead/protocol'
import { isLoopback } from './loopback.ts'
import { signedInValue, tokenOfValue } from './signedIn.ts'
import type { TokenBook } from './tokenBook.ts'
import type { Token } from './token.ts'
import { WrongTries } from './wrongTries.ts'

/** Who reads. */
export interface Reader {
  /** Name of the token; `undefined` where none is needed. */
  readonly token: string | undefined
  /** Report suites that may be seen; `undefined`: all of them. */
  readonly suites: readonly string[] | undefined
}

/** What a request says of who sent it. */
export interface Caller {
  /** The `Authorization` header. */
  readonly authorization: string | undefined
  /** What a signed-in browser carries. */
  readonly signedIn: string | undefined
  /** The host that was asked for; empty where none was named. */
  readonly hostname: string
  /** What counts as one client. */
  readonly client: string
  /** Whether a proxy says that it asks for somebody else. */
  readonly isForwarded: boolean
}

export type Admitted = { readonly ok: true; readonly reader: Reader } | TurnedAway
export interface TurnedAway {
  readonly ok: false
  readonly problem: Problem
  /** Seconds to wait, where that helps. */
  readonly retryAfterS?: number
}

/** Who may read: reports, the live view, operations. */
export interface Access {
  admit(caller: Caller): Admitted
  /** Check a token that was typed in; answers what the browser has to carry. */
  signIn(secret: string, caller: Caller): { readonly ok: true; readonly value: string } | TurnedAway
}

export interface AccessOptions {
  readonly book: Pick<TokenBook, 'tokens' | 'isTokenNeeded' | 'find'>
  /** What signed-in browsers are proved with; secret. */
  readonly key: Buffer
  /** Epoch milliseconds. */
  readonly now: () => number
}

export function createAccess({ book, key, now }: AccessOptions): Access {
  const wrongTries = new WrongTries()

  function check(
    secret: string,
    { client }: Caller,
  ): { readonly ok: true; readonly token: Token } | TurnedAway {
    const token = book.find(secret)
    if (token !== undefined) return { ok: true, token }
    const retryAfterS = wrongTries.add(client, now())
    return retryAfterS === undefined
      ? { ok: false, problem: tokenInvalid }
      : { ok: false, problem: tokensTooMany, retryAfterS }
  }

  return {
    admit(caller) {
      const { authorization, signedIn, hostname, isForwarded } = caller
      if (authorization !== undefined) {
        const [, secret = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? []
        const checked = check(secret, caller)
        return checked.ok ? { ok: true, reader: readerOf(checked.token) } : checked
      }
      const token = signedIn === undefined ? undefined : tokenOfValue(signedIn, book.tokens, key, now())
      if (token !== undefined) return { ok: true, reader: readerOf(token) }
      if (book.isTokenNeeded) return { ok: false, problem: tokenMissing }
      // A page elsewhere can make a browser ask this machine under a name of its own, and would be shown the answer.
      // A proxy on this machine that nobody configured brings in the rest of the world.
      if (isForwarded || (hostname !== '' && !isLoopback(hostname)))
        return { ok: false, problem: foreignHost }
      return { ok: true, reader: { token: undefined, suites: undefined } }
    },
    signIn(secret, caller) {
      const checked = check(secret, caller)
      return checked.ok ? { ok: true, value: signedInValue(checked.token, key, now()) } : checked
    },
  }
}

function readerOf({ name, suites }: Token): Reader {
  return { token: name, suites }
}

const tokenMissing: Problem = {
  code: ProblemCode.tokenMissing,
  pointer: '',
  message: 'This needs a token.',
}

const foreignHost: Problem = {
  code: ProblemCode.tokenMissing,
  pointer: '',
  message: 'Without a token this is for the server’s own machine, asked for by its loopback name or address.',
  hint: 'Ask for 127.0.0.1 or localhost, or make a token: playhead token add --name NAME.',
}

const tokenInvalid: Problem = {
  code: ProblemCode.tokenInvalid,
  pointer: '',
  message: 'There is no such token.',
}

const tokensTooMany: Problem = {
  code: ProblemCode.tokensTooMany,
  pointer: '',
  message: 'Too many wrong tokens came from this address.',
}
