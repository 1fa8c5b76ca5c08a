import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { findLeft } from './findLeft.ts'

test('files with the id, or a session’s, as text or as bytes; and stores that were replaced', async () => {
  const dir = await temporaryFolder()
  const sid = 'ab'.repeat(32)
  const folders = ['journal', 'journal.damaged-1', 'clickhouse', 'clickhouse.replaced-1']
  await Promise.all(folders.map((name) => mkdir(join(dir, name))))
  await writeFile(join(dir, 'checkpoint.json.damaged-1'), `{"sid":"${sid}"}`)
  await writeFile(join(dir, 'checkpoint.json'), '{"sid":"other"}')
  await writeFile(join(dir, 'journal/1.log'), 'of nobody')
  await writeFile(join(dir, 'journal/2.log'), 'of the visitor 7')
  await writeFile(join(dir, 'journal.damaged-1/1.log'), Buffer.from(sid, 'hex'))
  await writeFile(join(dir, 'clickhouse/visitor'), 'the visitor 7')
  const left = await findLeft(dir, { sids: [sid], id: 'visitor 7' })
  expect(left.toSorted()).toEqual([
    'checkpoint.json.damaged-1',
    'clickhouse.replaced-1',
    'journal.damaged-1/1.log',
    'journal/2.log',
  ])
})

test('also across the border between two pieces that are read, and at the end of a large file', async () => {
  const dir = await temporaryFolder()
  const filler = (bytes: number): string => '.'.repeat(bytes)
  await writeFile(join(dir, 'border'), `${filler(2 ** 20 - 4)}visitor 7${filler(2 ** 20)}`)
  await writeFile(join(dir, 'end'), `${filler(2 ** 21 - 2)}visitor 7`)
  await writeFile(join(dir, 'neither'), `${filler(2 ** 20 - 4)}visitor${filler(100)} 7`)
  expect((await findLeft(dir, { sids: [], id: 'visitor 7' })).toSorted()).toEqual(['border', 'end'])
})
