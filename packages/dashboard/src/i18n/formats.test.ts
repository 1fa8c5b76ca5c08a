import { expect, test } from 'vitest'
import { formatsOf } from './formats.ts'
import { fr } from './fr/texts.ts'
import { ja } from './ja/texts.ts'
import { localeOf } from './texts.ts'

test.each([
  ['en', 277.7634, '277.763'],
  ['fr', 0.949, '0,949'],
  ['pt-BR', 1234.5, '1.234,5'],
  ['ja', 45, '45'],
])('a measured number in %s', (language, value, written) => {
  expect(formatsOf(language).exact(value)).toBe(written)
})

test('two moments of one minute are told apart', () => {
  const { time } = formatsOf('en')
  expect(time('2026-11-24T21:12:05Z', 'UTC')).not.toBe(time('2026-11-24T21:12:06Z', 'UTC'))
})

test.each([
  ['a share', 0.389, 0.381, 'share', '+0.8 pp'],
  ['a share that was nothing', 0.5, 0, 'share', '+50 pp'],
  ['a share that stayed', 0.5, 0.5, 'share', '0 pp'],
  ['a count', 90, 100, 'count', '-10%'],
  ['a count from nothing', 5, 0, 'count', '–'],
  ['ever so much', 5000, 5, 'count', '×1,000'],
] as const)('how %s changed', (_, now, before, unit, written) => {
  expect(formatsOf('en').change(now, before, unit)).toBe(written)
})

test('points are written as in each language', () => {
  expect(formatsOf('fr', fr).change(0.389, 0.381, 'share')).toBe('+0,8 pt')
  expect(formatsOf('ja', ja).change(0.389, 0.397, 'share')).toBe('-0.8ポイント')
})

test.each([
  ['en', ['en-US', 'en'], 'Nov 24, 2026, 9:12:05 PM'],
  ['en', ['en-GB'], '24 Nov 2026, 21:12:05'],
  ['en', ['de-DE', 'de', 'en-US', 'en'], '24 Nov 2026, 21:12:05'],
  ['en', ['de'], '24 Nov 2026, 21:12:05'],
  ['fr', ['en-GB'], '24 nov. 2026, 21:12:05'],
  ['fr', ['fr-CA'], '24 nov. 2026, 21 h 12 min 05 s'],
  ['pt-BR', ['pt-BR'], '24 de nov. de 2026, 21:12:05'],
  ['zh-Hans', ['zh-TW'], '2026年11月24日 21:12:05'],
  ['ja', [], '2026/11/24 21:12:05'],
] as const)('a moment in %s, for who wants %j', (language, wanted, written) => {
  const told = formatsOf(localeOf(language, wanted)).dateTime('2026-11-24T21:12:05Z', 'UTC')
  // Some engines put narrow spaces.
  expect(told.replaceAll(/\s/g, ' ')).toBe(written)
})
