import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { StartError } from '../../startError.ts'
import { settingTokenName } from '../../auth/tokenBook.ts'
import { hashOf, makeSecret, type Token } from '../../auth/token.ts'
import { readTokens, tokenNamePattern, writeTokens } from '../../auth/tokensFile.ts'

/** What is to be done to the tokens file. A running server takes its new content a second later. */
export type TokenCommand =
  | { readonly verb: 'add'; readonly name: string; readonly suites: readonly string[] | undefined }
  | { readonly verb: 'remove'; readonly name: string }
  | { readonly verb: 'list' }

/** Throws a `StartError` that says what stands against it. */
export async function runTokenCommand(
  { tokensFile, dataDir }: Pick<Config, 'tokensFile' | 'dataDir'>,
  command: TokenCommand,
  print: (text: string) => void,
): Promise<void> {
  const path = tokensFile ?? join(dataDir, 'tokens.json')
  const tokens = await readTokens(path).catch((error: Error) => {
    throw new StartError(error.message, error)
  })
  const write = (changed: readonly Token[]): Promise<void> =>
    writeTokens(path, changed).catch((error: Error) => {
      throw new StartError(`${path} cannot be written: ${error.message}`, error)
    })
  switch (command.verb) {
    case 'list':
      for (const { name, suites } of tokens ?? [])
        print(`${name}\t${suites?.join(',') ?? 'all report suites'}\n`)
      return
    case 'add': {
      const { name, suites } = command
      if (!tokenNamePattern.test(name) || name === settingTokenName)
        throw new StartError('token add: --name takes 1 to 64 of the characters A-Z a-z 0-9 . _ -')
      if (tokens?.some((token) => token.name === name))
        throw new StartError(`token add: there is a token named ${name}; remove it first`)
      const secret = makeSecret()
      await write([...(tokens ?? []), { name, hash: hashOf(secret), suites }])
      print(`${secret}\n`)
      return
    }
    case 'remove': {
      const others = tokens?.filter(({ name }) => name !== command.name) ?? []
      if (others.length === (tokens?.length ?? 0))
        throw new StartError(`token remove: there is no token named ${command.name}`)
      await write(others)
    }
  }
}
