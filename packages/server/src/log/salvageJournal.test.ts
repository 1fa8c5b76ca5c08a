import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openForTest } from '../../test/journal/openForTest.ts'
import { bodies, collect, event } from '../../test/journal/records.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import type { LogRecord } from './journal.ts'
import { JournalDamaged } from './journalErrors.ts'
import { salvageJournal } from './salvageJournal.ts'

const unstopped = { onDamaged: () => {}, signal: new AbortController().signal }

/** A journal of 30 records in several segments, each record a group of its own. */
async function written(): Promise<{ dir: string; asideDir: string; texts: string[]; names: string[] }> {
  const folder = await temporaryFolder()
  const dir = join(folder, 'journal')
  const journal = await openForTest({ dir, segmentBytesMax: 600 })
  const texts = Array.from({ length: 30 }, (_, index) => `${index + 1}`.padEnd(20 + (index % 7) * 10, '.'))
  for (const [index, text] of texts.entries()) await journal.append(event(text, 1000 + index))
  await journal.close()
  return { dir, asideDir: join(folder, 'aside'), texts, names: (await readdir(dir)).toSorted() }
}

const lostOf = (records: readonly LogRecord[]) =>
  records.filter(({ kind }) => kind === 'lost').map(({ seq }) => seq)

/** Salvages, opens, and gives what is there then, and which records were said to be lost. */
async function salvaged({ dir, asideDir }: { dir: string; asideDir: string }) {
  const salvage = await salvageJournal({ dir, asideDir, isDryRun: false, ...unstopped })
  const journal = await openForTest({ dir, segmentBytesMax: 600 })
  const records = await collect(journal.readFrom(journal.firstSeq, { follow: false }))
  const told = salvage.damaged.flatMap(({ lost }) =>
    lost.flatMap(({ firstSeq, lastSeq }) =>
      Array.from({ length: lastSeq - firstSeq + 1 }, (_, n) => firstSeq + n),
    ),
  )
  expect(told).toEqual(lostOf(records))
  expect(salvage).toMatchObject({ lastSeq: journal.lastSeq, records: records.length - told.length })
  await journal.close()
  return { salvage, records, lost: told }
}

test('a sound journal is left as it is', async () => {
  const parts = await written()
  const { salvage, lost } = await salvaged(parts)
  expect(salvage.damaged).toEqual([])
  expect(lost).toEqual([])
  await expect(readdir(parts.asideDir)).rejects.toThrow('ENOENT')
})

test('whatever bytes are damaged, what is lost is named, all other records stay, and the journal opens', async () => {
  const damage = fc.record({
    segment: fc.nat({ max: 20 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.integer({ min: 1, max: 300 }),
    by: fc.constantFrom('zeros', 'noise', 'cut out', 'cut off'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      const { dir, asideDir, texts, names } = await written()
      for (const { segment, at, bytes: count, by } of damages) {
        const path = join(dir, names[segment % names.length] ?? '')
        const bytes = await readFile(path)
        const from = Math.floor(at * bytes.length)
        const to = Math.min(bytes.length, from + count)
        const middle = Buffer.alloc(by === 'cut out' ? 0 : to - from, by === 'noise' ? 'noise' : 0)
        const rest = by === 'cut off' ? Buffer.alloc(0) : Buffer.concat([middle, bytes.subarray(to)])
        await writeFile(path, Buffer.concat([bytes.subarray(0, from), rest]))
      }
      const { records } = await salvaged({ dir, asideDir })
      expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1))
      for (const record of records) {
        if (record.kind === 'lost') continue
        expect(record).toMatchObject({ kind: 'event', receivedAtMs: 999 + record.seq })
        expect(record.kind === 'event' && record.body.toString()).toBe(texts[record.seq - 1])
      }
      const again = await openForTest({ dir, segmentBytesMax: 600 })
      expect(await again.append(event('next'))).toBe(records.length + 1)
    }),
    { numRuns: 80 },
  )
})

describe('each kind of damage', () => {
  test('a hole in the middle: the file is kept aside, and its other records stay', async () => {
    const parts = await written()
    const [, second = ''] = parts.names
    const path = join(parts.dir, second)
    const damaged = (await readFile(path)).fill(0xff, 100, 120)
    await writeFile(path, damaged)
    await expect(openForTest({ dir: parts.dir })).rejects.toThrow(JournalDamaged)

    const looked = await salvageJournal({ ...parts, isDryRun: true, ...unstopped })
    expect(await readFile(path)).toEqual(damaged)
    const { salvage, lost, records } = await salvaged(parts)
    expect(salvage).toEqual(looked)
    expect(lost).toHaveLength(1)
    expect(salvage.damaged).toMatchObject([{ file: path, damages: [{ bytes: expect.any(Number) }] }])
    expect(records).toHaveLength(30)
    expect(await readFile(join(parts.asideDir, second))).toEqual(damaged)
  })

  test('a salvage that is stopped between two segments has named what it has mended, and is gone on with', async () => {
    const parts = await written()
    for (const name of parts.names.slice(1, 3)) {
      const path = join(parts.dir, name)
      await writeFile(path, (await readFile(path)).fill(0xff, 100, 120))
    }
    const stopping = new AbortController()
    const named: string[] = []
    const stopped = salvageJournal({
      ...parts,
      isDryRun: false,
      onDamaged({ file }) {
        named.push(file)
        stopping.abort(new Error('stopped'))
      },
      signal: stopping.signal,
    })
    await expect(stopped).rejects.toThrow('stopped')
    expect(named).toEqual([join(parts.dir, parts.names[1] ?? '')])
    const salvage = await salvageJournal({ ...parts, isDryRun: false, ...unstopped })
    expect(salvage.damaged.map(({ file }) => file)).toEqual([join(parts.dir, parts.names[2] ?? '')])
    const journal = await openForTest({ dir: parts.dir, segmentBytesMax: 600 })
    const records = await collect(journal.readFrom(1, { follow: false }))
    expect([records.length, lostOf(records)]).toEqual([30, [6, 11]])
  })

  test('a segment that is missing', async () => {
    const parts = await written()
    const [, second = '', third = ''] = parts.names
    await rm(join(parts.dir, second))
    const { lost } = await salvaged(parts)
    const [from, to] = [second, third].map((name) => Number.parseInt(name, 10))
    expect([lost[0], lost.at(-1)]).toEqual([from, (to ?? 0) - 1])
  })

  test('a header, a wrong name, and a copy of another segment lose nothing', async () => {
    const parts = await written()
    const [, second = '', third = '', fourth = ''] = parts.names
    const path = (name: string): string => join(parts.dir, name)
    await writeFile(path(second), (await readFile(path(second))).fill(0, 0, 28))
    await rename(path(third), path('0000000000000099.log'))
    await writeFile(path('0000000000000098.log'), await readFile(path(fourth)))
    const { lost, records } = await salvaged(parts)
    expect(lost).toEqual([])
    expect(records).toHaveLength(30)
    expect((await readdir(parts.dir)).toSorted()).toEqual(parts.names)
    expect(await readdir(parts.asideDir)).toHaveLength(3)
  })

  test('a torn end is cut off by opening, as ever, and is no damage', async () => {
    const parts = await written()
    const path = join(parts.dir, parts.names.at(-1) ?? '')
    const bytes = await readFile(path)
    await writeFile(path, bytes.subarray(0, -3))
    const { salvage } = await salvaged(parts)
    expect(salvage.damaged).toEqual([])
    expect(await bodies(await openForTest({ dir: parts.dir }))).toEqual(parts.texts.slice(0, -1))
  })
})
