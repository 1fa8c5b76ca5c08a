import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from '@playhead/testing/server/until.ts'
import { hashOf } from './token.ts'
import { openTokenBook } from './tokenBook.ts'
import { writeTokens } from './tokensFile.ts'

test('news of the tokens file are news: that there is none yet is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-tokens-'))
  const path = join(folder, 'tokens.json')
  const told: string[][] = []
  const book = await openTokenBook({
    path,
    isGiven: false,
    apiToken: undefined,
    isNeeded: false,
    onChange: (error) => told.push(error ? [error.message] : book.tokens.map(({ name }) => name)),
  })
  await writeTokens(path, [{ name: 'first', hash: hashOf('secret'), suites: undefined }])
  await until('the token', async () => book.tokens.length === 1)
  await writeTokens(path, [])
  await until('no token', async () => book.tokens.length === 0)
  // As after its permissions were mended: nothing else has changed of it.
  await chmod(path, 0o400)
  await until('the third look', async () => told.length === 3)
  expect(told).toEqual([['first'], [], []])
  book.close()
  await rm(folder, { recursive: true })
})
