import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodeRow } from '../clickhouse/encodeRow.ts'
import { openQuarantine } from './quarantine.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'playhead-quarantine-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** Put two rows into quarantine, alter the file of the first, and offer what is there to a store that takes all. */
async function releasedAfter(alter: (path: string, text: string) => Promise<void>) {
  const quarantine = await openQuarantine(dir, () => {})
  for (const seq of [1, 2]) {
    const line = encodeRow({ sid: 'aa', seq, body: '{"a":"Käse"}' })
    await quarantine.keep({
      table: 'events',
      batch: '1-2',
      key: `aa ${seq}`,
      sid: 'aa',
      line,
      error: new Error('poison\n  "row": '),
    })
  }
  const files = await readdir(dir)
  const texts = await Promise.all(files.map((file) => readFile(join(dir, file), 'utf8')))
  const index = texts.findIndex((text) => text.includes('"aa 1"'))
  await alter(join(dir, files[index] ?? ''), texts[index] ?? '')

  const damaged: string[] = []
  const taken: number[] = []
  const again = await openQuarantine(
    dir,
    () => {},
    (_file, reason) => damaged.push(reason),
  )
  await again.release({
    probe: async () => {},
    insertEncoded: async (_table, lines) => {
      for (const line of lines) taken.push((JSON.parse(line.toString()) as { seq: number }).seq)
    },
  })
  return { damaged, taken: taken.toSorted((a, b) => a - b), left: again.rows }
}

test('rows are taken as they were put there', async () => {
  expect(await releasedAfter(async () => {})).toEqual({ damaged: [], taken: [1, 2], left: 0 })
})

test('an earlier version’s row, without a checksum, is taken too', async () => {
  const alter = (path: string, text: string) => writeFile(path, text.replace(/,\n {2}"checksum": \d+/, ''))
  expect(await releasedAfter(alter)).toEqual({ damaged: [], taken: [1, 2], left: 0 })
})

test.each<[string, (path: string, text: string) => Promise<void>, string]>([
  [
    'altered row',
    (path, text) => writeFile(path, text.replace('Käse', 'Kase')),
    'its row does not match its checksum',
  ],
  [
    'other session',
    (path, text) => writeFile(path, text.replace('"sid":"aa"', '"sid":"bb"')),
    'not the row that its name says',
  ],
  [
    'other table',
    (path, text) => writeFile(path, text.replace('"events"', '"ads"')),
    'not the row that its name says',
  ],
  [
    'other key',
    (path, text) => writeFile(path, text.replace('"aa 1"', '"aa 3"')),
    'not the row that its name says',
  ],
  [
    'row of another kind',
    (path, text) => writeFile(path, text.replace(/"row": .*\n/, '"row": 1\n')),
    'not the row that its name says',
  ],
  ['file cut short', (path, text) => writeFile(path, text.slice(0, -5)), 'JSON'],
  ['empty file', (path) => writeFile(path, ''), 'JSON'],
  ['other JSON', (path) => writeFile(path, '{}'), 'it has no table or no key'],
  ['other name', (path) => rename(path, path.replace('-aa-', '-bb-')), 'not the row that its name says'],
])('an %s stays, is named, and holds up no other', async (_, alter, reason) => {
  const { damaged, ...rest } = await releasedAfter(alter)
  expect(damaged).toEqual([expect.stringContaining(reason)])
  expect(rest).toEqual({ taken: [2], left: 1 })
})
