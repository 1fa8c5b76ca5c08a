import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Problem, findBodyProblems, type Static, Type } from '@playhead/protocol'
import { messageOf } from '../messageOf.ts'
import { nodeFiles } from '../log/journalFiles.ts'
import { writeDurably } from '../dataFolder/writeDurably.ts'
import type { Token } from './token.ts'

/** Names of tokens, as people and log lines can carry them. */
export const tokenNamePattern = /^[A-Za-z0-9._-]{1,64}$/

/** Version of the file's format. */
const fileFormat = 1

const tokensFile = Type.Object(
  {
    format: Type.Integer({ minimum: fileFormat, maximum: fileFormat }),
    tokens: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: tokenNamePattern.source }),
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
          suites: Type.Optional(Type.Array(Type.String({ pattern: '^[^,]+$' }))),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

/** The tokens of a file, `undefined` where there is none. Throws an `Error` that says what is wrong with the file. */
export async function readTokens(path: string): Promise<Token[] | undefined> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Error(
      `${path} cannot be read: ${messageOf(error)}. Put it back from a backup, or delete it and make new tokens with playhead token add`,
      { cause: error },
    )
  }
  const [problem] = findBodyProblems(tokensFile, json)
  if (problem !== undefined) throw new Error(`${path} is not usable: ${inShort(problem)}`)
  const { tokens } = json as Static<typeof tokensFile>
  const twice = tokens.find(({ name }, nth) => tokens.findIndex((token) => token.name === name) !== nth)
  if (twice !== undefined) throw new Error(`${path} is not usable: it has two tokens named ${twice.name}`)
  return tokens.map(({ name, sha256, suites }) => ({ name, hash: Buffer.from(sha256, 'hex'), suites }))
}

/** Write the file as a whole, readable by its owner alone. */
export async function writeTokens(path: string, tokens: readonly Token[]): Promise<void> {
  const content: Static<typeof tokensFile> = {
    format: fileFormat,
    tokens: tokens.map(({ name, hash, suites }) => ({
      name,
      sha256: hash.toString('hex'),
      ...(suites && { suites: [...suites] }),
    })),
  }
  await nodeFiles.makeDir(dirname(path))
  await writeDurably(path, `${JSON.stringify(content, undefined, 2)}\n`, 0o600)
}

/** What was sent is left out: a secret may stand where a hash should. */
function inShort({ pointer, message, expected }: Problem): string {
  return expected === undefined ? message.replace(/, got .*/s, '') : `${pointer || 'it'} must be ${expected}`
}
