import { join, normalize } from 'node:path'
import { read, tracked } from '@playhead/testing/repository.ts'
import { describe, expect, test } from 'vitest'

/** `P-1`, or `5.4` where the text says that it is a rule. */
const idInText = /\b[PACJE]-\d{1,2}\b|(?<=\brules? (?:\d\.\d{1,2} and )?)\d\.\d{1,2}\b/g

interface Rule {
  readonly id: string
  /** Files that show it, from the root. */
  readonly shownBy: readonly string[]
}

const rules: readonly Rule[] = [...read('docs/rules.md').matchAll(/^\| ([A-Z]-\d+|\d\.\d+) .*$/gm)].map(
  ([row, id = '']) => ({
    id,
    shownBy: [...row.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => normalize(join('docs', link))),
  }),
)
const known = new Set(rules.map(({ id }) => id))

const texts = tracked.filter((path) => /\.(ts|tsx|md|sql)$/.test(path) && !path.includes('/fixtures/'))

test('every rule that code, tests or docs cite is in docs/rules.md', () => {
  const unknown = texts.flatMap((path) =>
    [...read(path).matchAll(idInText)].filter(([id]) => !known.has(id)).map(([id]) => `${path} ${id}`),
  )
  expect(known.size).toBeGreaterThan(30)
  expect(unknown).toEqual([])
})

describe('each rule is named by a timeline or a test that shows it', () => {
  test.each(rules)('$id', ({ id, shownBy }) => {
    expect(shownBy.length).toBeGreaterThan(0)
    for (const path of shownBy) {
      expect(path).toMatch(/^timelines\/|\/test\/|\.test\.ts$/)
      expect(read(path).split(/[^\w.-]+|\.(?=\s)/)).toContain(id)
    }
  })
})
