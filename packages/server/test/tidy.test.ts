import { git, read, tracked } from '@playhead/testing/repository.ts'
import { describe, expect, test } from 'vitest'

// House rules that a reader can check, checked by a machine: see CONTRIBUTING.md and docs/glossary.md.

/** Parts of names and whole words of texts, lower case: `findFaults`, `FAULT_CODE` and "a fault" all have `fault`. */
const ruledOut = new Set(
  'fault faults slip slips oddity oddities remark remarks remarked stray strays roster processor bell impatience urge urges asker'.split(
    ' ',
  ),
)

/** Where a fault is one that is injected, or the table of words itself. */
const mayName = [
  /^crash-tests\//,
  /^docs\/(glossary|reliability)\.md$/,
  /^docs\/decisions\/(0008|0009|0015)-/,
  /^packages\/server\/test\/(journal\/|journalFaults|tidy|crash)/,
  /^packages\/server\/src\/log\//,
  /^CHANGELOG\.md$/,
  /^packages\/dashboard\/src\/i18n\/(?!en\/)/,
  /fixtures\/|package(-lock)?\.json$|\.oxlintrc/,
]
/** Commands and words that are no names of ours. */
const harmless = /test:faults|default\w*/gi

const prose = tracked.filter(
  (path) => /\.(ts|tsx|js|sql|md|css|json|yaml)$/.test(path) && !mayName.some((where) => where.test(path)),
)

test('names and texts use the words of the glossary', () => {
  const found = prose.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) =>
        wordsOf(line).flatMap((word) => (ruledOut.has(word) ? [`${path}:${index + 1} ${word}`] : [])),
      ),
  )
  expect(found).toEqual([])
})

function wordsOf(line: string): string[] {
  return line
    .replace(harmless, '')
    .split(/[^A-Za-z]+|(?<=[a-z0-9])(?=[A-Z])/)
    .map((word) => word.toLowerCase())
}

/** Files of prose and of tables are as long as what they list. */
const code = tracked.filter((path) => /\.(ts|tsx|js)$/.test(path))
const isList = /i18n\/|problemCatalogue|\.test\.ts$|styles\.css/

test('no file of code has more than 400 lines', () => {
  const long = code.filter((path) => !isList.test(path) && read(path).split('\n').length > 401)
  expect(long).toEqual([])
})

describe('commands', () => {
  const commands = 'packages/server/src/commands'
  const names = ['backup', 'erase', 'rebuild', 'reprocess', 'salvage']

  test.each(names)('%s imports no other command', (name) => {
    const others = names.filter((other) => other !== name).join('|')
    const found = code
      .filter((path) => path.startsWith(`${commands}/${name}/`))
      .flatMap((path) =>
        [...read(path).matchAll(new RegExp(`from '\\.\\./(${others})/[^']+'`, 'g'))].map(
          ([text]) => `${path} ${text}`,
        ),
      )
    expect(found).toEqual([])
  })
})

describe('subjects of commits', () => {
  /** Only what is not on the main branch yet where that is known; a clone of one commit has that one. */
  const subjects = git('log', '-30', '--no-merges', '--format=%s')

  test.each(subjects)('%s', (subject) => {
    expect(subject.length).toBeLessThanOrEqual(72)
    expect(subject).toMatch(/^[a-z][\w /,-]*: \S/)
    // Imperative: neither past nor third person nor a noun with an article.
    expect(subject).not.toMatch(
      /: (?:(?:the|an?) |(?!need|embed|feed|speed|seed|shed|bring|string)\w+(?:ed|ing|es) )/,
    )
    expect(subject).not.toMatch(/\.$/)
  })
})
