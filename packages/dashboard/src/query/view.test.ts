import { describe, expect, test } from 'vitest'
import { defaultRange, readView, type View, writeView } from './view.ts'

const home = 'Europe/Paris'
const read = (search: string) => readView(new URLSearchParams(search), home)

test('an address without anything is the last seven days at home', () => {
  expect(read('')).toEqual({
    view: { range: defaultRange, timeZone: home, compare: 'none', segment: undefined, filters: [] },
    unread: [],
  })
})

test.each<[string, View]>([
  [
    'range=2026-03-01..2026-03-31&tz=Asia%2FTokyo&compare=year&segment=live',
    {
      range: { kind: 'days', from: '2026-03-01', to: '2026-03-31' },
      timeZone: 'Asia/Tokyo',
      compare: 'year',
      segment: 'live',
      filters: [],
    },
  ],
  [
    'range=24h&tz=Europe%2FParis&where=playerName%3Ais%3Aios%3A+big+screen&where=contentName%3Acontains%3A%3Cimg%3E',
    {
      range: { kind: 'last', last: '24h' },
      timeZone: home,
      compare: 'none',
      segment: undefined,
      filters: [
        { dimension: 'playerName', operator: 'is', value: 'ios: big screen' },
        { dimension: 'contentName', operator: 'contains', value: '<img>' },
      ],
    },
  ],
])('%s is read, and written the same', (search, view) => {
  expect(read(search)).toEqual({ view, unread: [] })
  expect(writeView(view).toString()).toBe(search)
})

test.each([
  ['c.app:plan', 'is-not', 'free:is:it'],
  ['c.app:is:x', 'is', '1'],
  ['c.app:contains', 'contains', ':is:'],
  [String.raw`c.a\b\:is:`, 'is', String.raw`\:`],
  [String.raw`c.a\\`, 'is', ''],
] as const)('a key of custom metadata may have colons in it: %s', (dimension, operator, value) => {
  const filters = [{ dimension, operator, value }]
  const search = writeView({ ...read('').view, filters })
  expect(readView(search, home)).toEqual({ view: { ...read('').view, filters }, unread: [] })
})

test('an address from before colons were escaped is still read', () => {
  expect(read('where=c.app:plan:is:free').view.filters).toEqual([
    { dimension: 'c.app:plan', operator: 'is', value: 'free' },
  ])
})

test('what else is in the address stays', () => {
  const { view } = read('compare=week')
  expect(writeView(view, new URLSearchParams('sort=name&compare=year')).toString()).toBe(
    'sort=name&tz=Europe%2FParis&compare=week',
  )
})

test('who is sent the address of a view sees the same days, wherever they are', () => {
  const sent = writeView(read('range=2026-03-01..2026-03-31').view)
  expect(readView(sent, 'America/Los_Angeles').view).toEqual(read('range=2026-03-01..2026-03-31').view)
})

describe('what cannot be read is named, and the usual taken', () => {
  test.each([
    'range=2026-02-30..2026-03-01',
    'range=2026-03-02..2026-03-01',
    'range=8d',
    'tz=Moon/Base',
    'compare=',
    'segment=foo',
    'where=name',
  ])('%s', (search) => {
    const { view, unread } = read(search)
    expect(unread).toEqual([search])
    expect(view).toEqual(read('').view)
  })
})
