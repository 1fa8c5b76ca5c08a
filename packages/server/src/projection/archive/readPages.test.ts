import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPages } from './readPages.ts'

const mebibyte = 2 ** 20
const pageMaxBytes = 16 * mebibyte

interface Key {
  readonly at: number
  readonly bytes: number
}

/** Read rows of these sizes; each page as the places of its rows. */
async function read(sizes: readonly number[], rowsMax: number): Promise<number[][]> {
  const all = sizes.map((bytes, at): Key => ({ at, bytes }))
  const pages = readPages<Key, Key>({
    rowsMax,
    keys: async (after, limit) => all.filter(({ at }) => at > (after?.at ?? -1)).slice(0, limit),
    rows: async (after, last) => all.filter(({ at }) => at > (after?.at ?? -1) && at <= last.at),
  })
  const found: number[][] = []
  for await (const page of pages) found.push(page.map(({ at }) => at))
  return found
}

test('every row comes once and in order, and no page is larger than it may be, unless it is one row', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 40 * mebibyte }), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 70 }), async (bytes, rowsMax) => {
      const pages = await read(bytes, rowsMax)
      expect(pages.flat()).toEqual(bytes.map((_, at) => at))
      for (const page of pages) {
        expect(page.length).toBeGreaterThan(0)
        expect(page.length).toBeLessThanOrEqual(rowsMax)
        const sum = page.reduce((total, at) => total + (bytes[at] ?? 0), 0)
        if (page.length > 1) expect(sum).toBeLessThanOrEqual(pageMaxBytes)
      }
    }),
  )
})

test('small rows come many at a time, large ones one by one', async () => {
  const [small, large] = [mebibyte, pageMaxBytes + 1]
  expect(await read([small, small, large, small], 100)).toEqual([[0, 1], [2], [3]])
})
