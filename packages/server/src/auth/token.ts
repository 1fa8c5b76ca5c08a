import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A secret that lets its holder read, as it is kept: never the secret itself. */
export interface Token {
  /** What it is for; tells tokens apart. */
  readonly name: string
  /** SHA-256 of the secret. Nothing slower is needed: the secret cannot be guessed. */
  readonly hash: Buffer
  /** Report suites that may be seen; `undefined`: all of them. */
  readonly suites: readonly string[] | undefined
}

/** Bytes of randomness in a secret that is made here. */
const secretBytes = 32

/** A new secret. Its beginning lets scanners of source code know what it is. */
export function makeSecret(): string {
  return `playhead_${randomBytes(secretBytes).toString('base64url')}`
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** The token of a secret. Every token is compared, in a time that says nothing about any of them. */
export function findToken(tokens: readonly Token[], secret: string): Token | undefined {
  const hash = hashOf(secret)
  let found: Token | undefined
  for (const token of tokens) if (timingSafeEqual(token.hash, hash)) found = token
  return found
}
