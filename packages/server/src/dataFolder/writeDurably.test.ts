import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { writeDurably } from './writeDurably.ts'

test('replaces the file, with the permissions asked for, and leaves nothing beside it', async () => {
  const dir = await temporaryFolder()
  const path = join(dir, 'keys')
  await writeDurably(path, 'old', 0o644)
  await writeDurably(path, 'new', 0o600)
  expect(await readFile(path, 'utf8')).toBe('new')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(dir)).toEqual(['keys'])
})
