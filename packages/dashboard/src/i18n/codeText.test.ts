import { problemCatalogue } from '@playhead/protocol'
import { describe, expect, test } from 'vitest'
import { warningTexts } from '@playhead/engine'
import type { CodeText } from './codeText.ts'
import { type Language, languages, loadTexts } from './texts.ts'

const others = (Object.keys(languages) as Language[]).filter((language) => language !== 'en')
const problems = new Map<string, CodeText>(Object.entries(problemCatalogue))
const warnings = new Map<string, CodeText>(
  Object.entries(warningTexts).map(([code, { message, hint }]) => [code, { title: message, remedy: hint }]),
)

/** Members, events, parameters, paths, settings and large numbers: the same in every language. */
function namesIn({ title, remedy }: CodeText): string[] {
  const names = `${title} ${remedy}`.matchAll(
    /`[^`]+`|media\.[\w.]*\w|PLAYHEAD_\w+|\/[\w/{}]+|\b[a-z]+[A-Z]\w*|\d{3,}/g,
  )
  return [...new Set([...names].map(([name]) => name))].toSorted()
}

describe.each(others)('in %s', (language) => {
  test('every code of a problem or a warning is explained, and nothing else', async () => {
    const text = await loadTexts(language)
    expect(Object.keys(text.problems).toSorted()).toEqual([...problems.keys()].toSorted())
    expect(Object.keys(text.warnings ?? {}).toSorted()).toEqual([...warnings.keys()].toSorted())
    const all = [...Object.values(text.problems), ...Object.values(text.warnings ?? {})]
    expect(all.filter(({ title, remedy }) => title.trim() === '' || remedy.trim() === '')).toEqual([])
  })

  test('the same members, events, settings and numbers are named as in English', async () => {
    const text = await loadTexts(language)
    const told = { ...text.warnings, ...text.problems } as Readonly<Record<string, CodeText>>
    for (const [code, english] of [...problems, ...warnings])
      expect([code, namesIn(told[code] ?? { title: '', remedy: '' })]).toEqual([code, namesIn(english)])
  })

  test('no two problems are called the same', async () => {
    const titles = Object.values((await loadTexts(language)).problems).map(({ title }) => title)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  })
})
