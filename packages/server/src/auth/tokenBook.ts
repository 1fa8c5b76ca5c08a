import { type Stats, unwatchFile, watchFile } from 'node:fs'
import { messageOf } from '../messageOf.ts'
import { StartError } from '../startError.ts'
import { findToken, hashOf, makeSecret, type Token } from './token.ts'
import { readTokens, writeTokens } from './tokensFile.ts'

/** How often the tokens file is looked at. Looked at rather than told of: that works on every file system. */
const watchIntervalMs = 1000

/** Name of the token that is a setting. */
export const settingTokenName = 'PLAYHEAD_API_TOKEN'
/** Name of the token that is made where one is needed and there is none. */
const firstTokenName = 'first'

export interface TokenBookOptions {
  /** The tokens file. */
  readonly path: string
  /** Whether the file was named by who runs the server: it has to be there then. */
  readonly isGiven: boolean
  /** A secret from the settings. */
  readonly apiToken: string | undefined
  /** Whether there has to be a token: one is made, where there is none. */
  readonly isNeeded: boolean
  /** The file has changed and is taken, or is not usable: what was known before holds then. */
  readonly onChange: (error: Error | undefined) => void
}

/** The tokens there are now. */
export interface TokenBook {
  readonly tokens: readonly Token[]
  /**
   * Whether reading needs a token: it has to, or there is or was one, or a tokens file that cannot be used. It stays so until a
   * restart: a file that is lost, emptied or damaged must not open what it closed.
   */
  readonly isTokenNeeded: boolean
  /** The secret that was made at this start, to be said once. */
  readonly firstSecret: string | undefined
  find(secret: string): Token | undefined
  close(): void
}

/** Read the tokens, and follow their file. Throws a `StartError` when it is not usable. */
export async function openTokenBook(options: TokenBookOptions): Promise<TokenBook> {
  const { path, isGiven, apiToken, isNeeded, onChange } = options
  const ofSetting: readonly Token[] =
    apiToken === undefined ? [] : [{ name: settingTokenName, hash: hashOf(apiToken), suites: undefined }]
  const load = async (): Promise<Token[]> => {
    const ofFile = await readTokens(path)
    if (ofFile === undefined && isGiven) throw new Error(`${path} is not there; playhead token add makes it`)
    return [...ofSetting, ...(ofFile ?? [])]
  }

  let firstSecret: string | undefined
  let tokens: readonly Token[]
  try {
    tokens = await load()
    if (isNeeded && tokens.length === 0) {
      firstSecret = makeSecret()
      tokens = [{ name: firstTokenName, hash: hashOf(firstSecret), suites: undefined }]
      await writeTokens(path, tokens)
    }
  } catch (error) {
    throw new StartError(messageOf(error), error)
  }

  let isTokenNeeded = isNeeded || tokens.length > 0
  const reload = async (): Promise<void> => {
    try {
      tokens = await load()
      isTokenNeeded ||= tokens.length > 0
      onChange(undefined)
    } catch (error) {
      isTokenNeeded = true
      onChange(error instanceof Error ? error : new Error(String(error)))
    }
  }
  // Where there is no file the first look is told of as well: it would be news of nothing.
  const onTouched = (now: Stats, before: Stats): void => {
    // Its permissions may be what was mended.
    if (now.ino !== before.ino || now.mtimeMs !== before.mtimeMs || now.ctimeMs !== before.ctimeMs)
      void reload()
  }
  watchFile(path, { interval: watchIntervalMs, persistent: false }, onTouched)
  return {
    get tokens() {
      return tokens
    },
    get isTokenNeeded() {
      return isTokenNeeded
    },
    firstSecret,
    find: (secret) => findToken(tokens, secret),
    close: () => unwatchFile(path, onTouched),
  }
}
