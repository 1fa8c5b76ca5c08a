import { faultCatalogue } from '@playhead/protocol'
import { describe, expect, test } from 'vitest'
import { oddityTexts } from '../../../server/src/session/oddity.ts'
import type { CodeText } from './codeText.ts'
import { type Language, languages, loadTexts } from './texts.ts'

const others = (Object.keys(languages) as Language[]).filter((language) => language !== 'en')
const faults = new Map<string, CodeText>(Object.entries(faultCatalogue))
const remarks = new Map<string, CodeText>(
  Object.entries(oddityTexts).map(([code, { message, hint }]) => [code, { title: message, remedy: hint }]),
)

/** Members, events, parameters, paths, settings and large numbers: the same in every language. */
function namesIn({ title, remedy }: CodeText): string[] {
  const names = `${title} ${remedy}`.matchAll(
    /`[^`]+`|media\.[\w.]*\w|PLAYHEAD_\w+|\/[\w/{}]+|\b[a-z]+[A-Z]\w*|\d{3,}/g,
  )
  return [...new Set([...names].map(([name]) => name))].toSorted()
}

describe.each(others)('in %s', (language) => {
  test('every code of a fault or a remark is explained, and nothing else', async () => {
    const text = await loadTexts(language)
    expect(Object.keys(text.faults).toSorted()).toEqual([...faults.keys()].toSorted())
    expect(Object.keys(text.remarks ?? {}).toSorted()).toEqual([...remarks.keys()].toSorted())
    const all = [...Object.values(text.faults), ...Object.values(text.remarks ?? {})]
    expect(all.filter(({ title, remedy }) => title.trim() === '' || remedy.trim() === '')).toEqual([])
  })

  test('the same members, events, settings and numbers are named as in English', async () => {
    const text = await loadTexts(language)
    const told = { ...text.remarks, ...text.faults } as Readonly<Record<string, CodeText>>
    for (const [code, english] of [...faults, ...remarks])
      expect([code, namesIn(told[code] ?? { title: '', remedy: '' })]).toEqual([code, namesIn(english)])
  })

  test('no two faults are called the same', async () => {
    const titles = Object.values((await loadTexts(language)).faults).map(({ title }) => title)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  })
})
