import { expect, test } from 'vitest'
import { allOf, savedRowsMax } from './allOf.ts'

const pageRows = 10_000

/** So many rows, a page after the other, and how many pages were asked for. */
function source(count: number) {
  const asked: number[] = []
  const fetchPage = async (before: number) => {
    asked.push(before)
    const rows = Array.from({ length: Math.min(pageRows, count - before) }, (_, nth) => before + nth)
    return { rows, hasMore: before + rows.length < count }
  }
  return { asked, fetchPage }
}

test.each([
  [0, 1, 0, false],
  [pageRows, 1, pageRows, false],
  [pageRows + 1, 2, pageRows + 1, false],
  [savedRowsMax, 10, savedRowsMax, false],
  [savedRowsMax + 1, 10, savedRowsMax, true],
  [2 * savedRowsMax, 10, savedRowsMax, true],
])('of %i rows %i pages are asked for, and %i rows saved', async (count, pages, saved, isCut) => {
  const { asked, fetchPage } = source(count)
  const all = await allOf(fetchPage)
  expect([asked.length, all.rows.length, all.rows.at(-1), all.isCut]).toEqual([
    pages,
    saved,
    saved === 0 ? undefined : saved - 1,
    isCut,
  ])
})

test('a page that is refused is no end: the whole is refused', async () => {
  await expect(allOf(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
})
