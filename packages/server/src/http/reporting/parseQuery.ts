import { accepted, type Problem, ProblemCode, refused, type Result } from '@playhead/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isSessionId } from '../../events/sessionId.ts'
import { refuse } from '../server/refuse.ts'

/** Makes a value of a parameter's text, or throws a `RangeError` that says what the parameter takes. */
export type Reader<T> = (text: string) => T

type Values<R extends Record<string, Reader<unknown>>> = {
  readonly [Name in keyof R]: ReturnType<R[Name]> | undefined
}

export type Query<R extends Record<string, Reader<unknown>>> = Result<Values<R>>

/**
 * Read the query string: each parameter once and known, or all that is wrong with it. Nothing is guessed.
 *
 * @param none said of a path that has no parameters
 */
export function parseQuery<R extends Record<string, Reader<unknown>>>(
  raw: unknown,
  readers: R,
  none = 'none',
): Query<R> {
  const values: Record<string, unknown> = {}
  const problems: Problem[] = []
  for (const [name, text] of Object.entries(raw as Record<string, unknown>)) {
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
    if (reader === undefined) {
      const known = Object.keys(readers).join(', ') || none
      problems.push(invalid(name, `is not a parameter here; there are ${known}`))
    } else if (typeof text !== 'string') {
      problems.push(invalid(name, 'is given more than once'))
    } else {
      try {
        values[name] = reader(text)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        problems.push(invalid(name, error.message))
      }
    }
  }
  return problems.length > 0 ? refused(problems) : accepted(values as Values<R>)
}

/** A `preHandler` of routes that have no parameters. */
export async function refuseParameters(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const query = parseQuery(request.query, {})
  return query.ok ? undefined : refuse(reply, query.problems)
}

/** A whole number within bounds. */
export function integer(min: number, max: number): Reader<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw new RangeError(`takes a whole number from ${min} to ${max}`)
  }
}

/** One of several words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Reader<Word> {
  return (text) => {
    const word = words.find((known) => known === text)
    if (word !== undefined) return word
    throw new RangeError(`takes ${words.join(', ')}`)
  }
}

/** The id of a session, as a list or a `Location` has it. */
export function sessionId(text: string): string {
  if (isSessionId(text)) return text
  throw new RangeError('takes the id of a session: 64 of the characters 0-9 and a-f')
}

/** `1` for yes, `0` for no. */
export function flag(text: string): boolean {
  if (text === '0' || text === '1') return text === '1'
  throw new RangeError('takes 1 or 0')
}

function invalid(name: string, what: string): Problem {
  return {
    code: ProblemCode.queryInvalid,
    pointer: '',
    message: `${name.slice(0, 64)} ${what}.`,
  }
}
