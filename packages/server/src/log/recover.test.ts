import { readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bodies, event } from '../../test/journal/records.ts'
import { openForTest } from '../../test/journal/openForTest.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { JournalDamaged } from './journal.ts'
import { SEGMENT_HEADER_BYTES, segmentName } from './segment.ts'

/** Frame header, kind, arrival and sid. */
const EVENT_BYTES = 24 + 7 + 32

/** Writes a journal, one inner array being one group, and closes it. */
async function written(groups: string[][], segmentBytesMax?: number): Promise<string> {
  const dir = await temporaryFolder()
  const journal = await openForTest({ dir, ...(segmentBytesMax !== undefined && { segmentBytesMax }) })
  for (const group of groups) {
    await Promise.all(group.map((text) => journal.append(event(text))))
  }
  await journal.close()
  return dir
}

const FIRST = segmentName(1)

/** Where the frame with that index begins, in a segment with those bodies. */
function frameStart(texts: string[], index: number): number {
  return texts.slice(0, index).reduce((at, text) => at + EVENT_BYTES + text.length, SEGMENT_HEADER_BYTES)
}

async function flip(path: string, offset: number, mask = 0xff): Promise<void> {
  const bytes = await readFile(path)
  bytes.writeUInt8(bytes.readUInt8(offset) ^ mask, offset)
  await writeFile(path, bytes)
}

describe('a torn tail', () => {
  test('cut at any byte, all records before the cut are there, and none that is not whole', async () => {
    const groups = fc.array(fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(groups, fc.double({ min: 0, max: 1, noNaN: true }), async (sizes, cut) => {
        const texts = sizes.map((group, at) => group.map((bytes, n) => `${at}.${n}`.padEnd(bytes, '.')))
        const all = texts.flat()
        const dir = await written(texts)
        const cutAt = Math.round(cut * frameStart(all, all.length))
        await truncate(join(dir, FIRST), cutAt)

        const journal = await openForTest({ dir })
        const whole = all.filter((_, index) => frameStart(all, index + 1) <= cutAt)
        expect(await bodies(journal)).toEqual(whole)
        expect(journal.lastSeq).toBe(whole.length)
        const kept = cutAt < SEGMENT_HEADER_BYTES ? 0 : frameStart(all, whole.length)
        expect(journal.recovery.truncatedBytes).toBe(cutAt - kept)

        expect(await journal.append(event('next'))).toBe(whole.length + 1)
        await journal.close()
        expect(await bodies(await openForTest({ dir }))).toEqual([...whole, 'next'])
      }),
      { numRuns: 150 },
    )
  })

  test('is named, and gone at the next start', async () => {
    const dir = await written([['one'], ['two']])
    await truncate(join(dir, FIRST), frameStart(['one', 'two'], 2) - 1)
    const journal = await openForTest({ dir })
    expect(journal.recovery).toEqual({ truncatedBytes: EVENT_BYTES + 2, segment: join(dir, FIRST) })
    await journal.close()
    expect((await openForTest({ dir })).recovery).toEqual({ truncatedBytes: 0, segment: undefined })
  })

  test('may be zeros, or the end of a group whose beginning never reached the disk', async () => {
    const texts = ['safe', 'torn', 'late', 'last']
    const dir = await written([['safe'], ['torn', 'late', 'last']])
    const path = join(dir, FIRST)
    const bytes = await readFile(path)
    await writeFile(
      path,
      Buffer.concat([bytes.fill(0, frameStart(texts, 1), frameStart(texts, 2)), Buffer.alloc(4096)]),
    )
    const journal = await openForTest({ dir })
    expect(await bodies(journal)).toEqual(['safe'])
    expect(journal.recovery.truncatedBytes).toBe(3 * (EVENT_BYTES + 4) + 4096)
  })

  test('a segment that a crash kept from being begun is removed, and the one before goes on', async () => {
    const texts = ['one', 'two']
    const dir = await written([texts])
    for (const header of [Buffer.alloc(0), Buffer.from('PLAYHE'), Buffer.alloc(SEGMENT_HEADER_BYTES)]) {
      const path = join(dir, segmentName(texts.length + 1))
      // oxlint-disable no-await-in-loop -- a crash after the other
      await writeFile(path, header)
      const journal = await openForTest({ dir })
      expect(journal.recovery).toEqual({ truncatedBytes: header.length, segment: path })
      texts.push('more')
      expect(await journal.append(event('more'))).toBe(texts.length)
      await journal.close()
      // oxlint-enable no-await-in-loop
    }
    expect(await readdir(dir)).toEqual([FIRST])
    expect(await bodies(await openForTest({ dir }))).toEqual(texts)
  })

  test('a segment that was begun and holds nothing yet is gone on with', async () => {
    const dir = await written([['one'], ['two']], 1)
    await truncate(join(dir, segmentName(2)), SEGMENT_HEADER_BYTES)
    const journal = await openForTest({ dir })
    expect(journal).toMatchObject({ firstSeq: 1, lastSeq: 1 })
    expect(await journal.append(event('again'))).toBe(2)
    expect(await bodies(journal)).toEqual(['one', 'again'])
  })
})

describe('damage is never skipped in silence', () => {
  test('any byte of a record that others were written after', async () => {
    const texts = ['first', '', 'third', 'the last one']
    const dir = await written(texts.map((text) => [text]))
    const path = join(dir, FIRST)
    const sound = await readFile(path)
    const safeBytes = frameStart(texts, 3)
    for (let offset = 0; offset < safeBytes; offset++) {
      const index = texts.findLastIndex((_, at) => frameStart(texts, at) <= offset)
      const place =
        index === -1 ? { offset: 0, seq: 1 } : { offset: frameStart(texts, index), seq: index + 1 }
      // oxlint-disable no-await-in-loop -- a byte after the other
      await flip(path, offset, 1 << (offset % 8))
      const opened = openForTest({ dir })
      await expect(opened).rejects.toThrow(JournalDamaged)
      await expect(opened).rejects.toMatchObject({ file: path, ...place })
      await writeFile(path, sound)
      // oxlint-enable no-await-in-loop
    }
    expect(await bodies(await openForTest({ dir }))).toEqual(texts)
  })

  test('any byte of the last group may be torn: it is cut off there', async () => {
    const texts = ['first', 'second', 'third']
    const dir = await written([['first'], ['second', 'third']])
    const path = join(dir, FIRST)
    const sound = await readFile(path)
    for (let offset = frameStart(texts, 1); offset < sound.length; offset++) {
      // oxlint-disable no-await-in-loop -- a byte after the other
      await flip(path, offset)
      const journal = await openForTest({ dir })
      expect(await bodies(journal)).toEqual(offset < frameStart(texts, 2) ? ['first'] : ['first', 'second'])
      await journal.close()
      await writeFile(path, sound)
      // oxlint-enable no-await-in-loop
    }
  })

  test('a hole over several records is seen from the far side', async () => {
    const texts = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(900))
    const dir = await written(texts.map((text) => [text]))
    const path = join(dir, FIRST)
    const bytes = await readFile(path)
    await writeFile(path, bytes.fill(0, frameStart(texts, 1) + 10, frameStart(texts, 4) - 10))
    await expect(openForTest({ dir })).rejects.toThrow(
      `journal damaged: record 2 in ${path} at byte ${frameStart(texts, 1)}: the checksum differs; ` +
        'record 5 behind it proves that it had been acknowledged',
    )
  })

  test('a segment that is not the last has no tail to be torn', async () => {
    const dir = await written([['one'], ['two'], ['three']], 1)
    const path = join(dir, segmentName(2))
    await truncate(path, (await readFile(path)).length - 1)
    await expect(openForTest({ dir })).rejects.toMatchObject({
      name: 'JournalDamaged',
      file: path,
      offset: SEGMENT_HEADER_BYTES,
      seq: 2,
    })
  })

  test('a segment is missing, empty or under another name', async () => {
    const dir = await written([['one'], ['two'], ['three']], 1)
    const [second, third] = [join(dir, segmentName(2)), join(dir, segmentName(3))]
    const sound = await readFile(second)

    await rm(second)
    await expect(openForTest({ dir })).rejects.toMatchObject({ name: 'JournalDamaged', file: third, seq: 2 })
    await writeFile(second, '')
    await expect(openForTest({ dir })).rejects.toMatchObject({
      name: 'JournalDamaged',
      file: second,
      offset: 0,
    })
    await writeFile(second, sound)
    await rename(third, join(dir, segmentName(4)))
    await expect(openForTest({ dir })).rejects.toThrow('the segment before this one is missing')
    await rm(join(dir, segmentName(4)))
    await writeFile(third, sound)
    await expect(openForTest({ dir })).rejects.toThrow('belongs to another segment')
  })

  test('a lone segment without a readable header, unless it is the first of all', async () => {
    const dir = await temporaryFolder()
    await writeFile(join(dir, segmentName(7)), 'PLAY')
    await expect(openForTest({ dir })).rejects.toThrow(JournalDamaged)
    await rename(join(dir, segmentName(7)), join(dir, FIRST))
    expect(await (await openForTest({ dir })).append(event(''))).toBe(1)
  })
})
