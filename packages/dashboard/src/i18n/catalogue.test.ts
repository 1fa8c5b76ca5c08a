import { adMetrics, catalogue, chapterMetrics, sessionMetrics } from '@playhead/protocol/reporting'
import { describe, expect, test } from 'vitest'
import { type Language, languages, loadTexts } from './texts.ts'

const { calculatedMetrics, dimensions, segments, panels } = catalogue
/** Those of player states are called after the state, whatever it is; they have one rule for each of three figures. */
const metrics = catalogue.metrics.filter(({ id }) => !id.startsWith('states.'))
const stateRules = catalogue.metrics.flatMap(({ id, rule }) =>
  id.startsWith('states.mute.') ? [[id.replace('.mute', ''), rule] as const] : [],
)
const titled = [
  ...metrics,
  ...calculatedMetrics,
  ...dimensions,
  ...segments,
  ...panels,
  ...sessionMetrics,
  ...adMetrics,
  ...chapterMetrics,
]
const titles = new Set(titled.map(({ id }) => id))
const rules = new Map([
  ...[...metrics, ...sessionMetrics].map(({ id, rule }) => [id, rule] as const),
  ...stateRules,
])
/** Those that say more than that one figure is divided by another. */
const noted = calculatedMetrics.filter(({ rule }) => /\. ./.test(rule))

const others = (Object.keys(languages) as Language[]).filter((language) => language !== 'en')

describe.each(others)('the catalogue in %s', (language) => {
  test('has a title for each metric, dimension, segment and panel, and for nothing else', async () => {
    const { catalogue: text } = await loadTexts(language)
    expect(Object.keys(text?.titles ?? {}).toSorted()).toEqual([...titles].toSorted())
    expect(Object.values(text?.titles ?? {}).filter((title) => title.trim() === '')).toEqual([])
  })

  test('has a rule for each metric, and for nothing else', async () => {
    const { catalogue: text } = await loadTexts(language)
    const ids = [...rules.keys(), ...noted.map(({ id }) => id)]
    expect(Object.keys(text?.rules ?? {}).toSorted()).toEqual(ids.toSorted())
  })

  test('names the same events, parameters and metrics in its rules', async () => {
    const { catalogue: text } = await loadTexts(language)
    const codes = (rule: string) => [...rule.matchAll(/`[^`]+`/g)].map(([code]) => code).toSorted()
    for (const { id, rule } of [...noted, ...[...rules].map(([each, told]) => ({ id: each, rule: told }))])
      expect(codes(text?.rules[id] ?? ''), id).toEqual(codes(rule))
  })

  test('calls no two metrics the same', async () => {
    const { catalogue: text } = await loadTexts(language)
    const called = [...metrics, ...calculatedMetrics].map(({ id }) => text?.titles[id])
    expect(called.filter((title, index) => called.indexOf(title) !== index)).toEqual([])
  })
})
