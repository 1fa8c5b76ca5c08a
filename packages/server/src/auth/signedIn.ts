import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Token } from './token.ts'

/** How long a browser stays signed in: a stolen laptop does not read for ever. */
export const signedInMaxMs = 604_800_000

/**
 * What a signed-in browser carries in place of its token: `<end>.<token's name>.<proof>`. Nothing is kept of it, so it
 * outlives a restart, and is good on another server with the same keys. It ends with its time, and with its token.
 */
export function signedInValue(token: Token, key: Buffer, nowMs: number): string {
  const claim = `${nowMs + signedInMaxMs}.${token.name}`
  return `${claim}.${proofOf(claim, token, key).toString('base64url')}`
}

/** The token that a value stands for; `undefined` when it is over, was not made here, or its token is gone. */
export function tokenOfValue(
  value: string,
  tokens: readonly Token[],
  key: Buffer,
  nowMs: number,
): Token | undefined {
  const { claim, endMs, name, proof } =
    /^(?<claim>(?<endMs>\d{1,16})\.(?<name>.+))\.(?<proof>[\w-]{43})$/.exec(value)?.groups ?? {}
  const token = tokens.find((each) => each.name === name)
  if (claim === undefined || proof === undefined || token === undefined) return undefined
  const isOurs = timingSafeEqual(Buffer.from(proof, 'base64url'), proofOf(claim, token, key))
  return isOurs && Number(endMs) > nowMs ? token : undefined
}

/** The token's hash is part of the key: a new token of the same name is another one. */
function proofOf(claim: string, { hash }: Token, key: Buffer): Buffer {
  return createHmac('sha256', Buffer.concat([key, hash]))
    .update(claim)
    .digest()
}
