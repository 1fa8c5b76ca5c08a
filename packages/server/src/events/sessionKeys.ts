import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../messageOf.ts'
import { writeDurably } from '../dataFolder/writeDurably.ts'
import { StartError } from '../startError.ts'
import type { SessionKey } from './sessionId.ts'

export type SessionKeys = readonly [SessionKey, ...SessionKey[]]

/** Shortest secret that signs session ids: as long as the HMAC's own output. */
export const secretBytesMin = 32

const keyPattern = /^(\d{1,5}):([0-9a-fA-F]+)$/

/**
 * Read keys written as `id:hex`, comma separated, the signing one first.
 * Throws a `RangeError` that names what is wrong, never the secret.
 */
export function parseSessionKeys(text: string): SessionKeys {
  const [first, ...others] = text.split(',').map((key, index) => parseKey(key.trim(), index + 1))
  if (first === undefined) throw new RangeError('no key given')
  const keys: SessionKeys = [first, ...others]
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new RangeError('two keys have the same id')
  return keys
}

/** The keys of this data folder; made on first use and readable by the owner alone. */
export async function loadSessionKeys(dataDir: string): Promise<SessionKeys> {
  const path = join(dataDir, 'session-keys')
  try {
    return parseSessionKeys((await readFile(path, 'utf8')).trim())
  } catch (error) {
    if (!isMissing(error))
      throw new StartError(
        `${path} is not usable: ${messageOf(error)}. Put it back from a backup; without the file new keys are made, and open sessions get 404`,
        error,
      )
  }
  const text = `1:${randomBytes(secretBytesMin).toString('hex')}`
  await writeDurably(path, `${text}\n`, 0o600)
  return parseSessionKeys(text)
}

function parseKey(text: string, position: number): SessionKey {
  const [, id, hex] = keyPattern.exec(text) ?? []
  if (id === undefined || hex === undefined)
    throw new RangeError(
      `key ${position} is not of the form id:hex, with a number from 0 to 65535 for the id`,
    )
  if (Number(id) > 0xffff) throw new RangeError(`key ${position}: the id is above 65535`)
  const secret = Buffer.from(hex, 'hex')
  if (secret.length < secretBytesMin || secret.length * 2 !== hex.length) {
    throw new RangeError(`key ${position}: the secret needs at least ${secretBytesMin} bytes as hex`)
  }
  return { id: Number(id), secret }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
