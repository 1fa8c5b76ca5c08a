import { expect, test } from 'vitest'
import { isMovedOn } from './question.ts'

const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', timeZone: 'UTC' }
const minuteLater = { from: '2026-01-01T00:01:00Z', to: '2026-01-02T00:01:00Z', timeZone: 'UTC' }
const asked = { ...range, metrics: ['mediaStarts'], compareTo: '2025-12-31T00:00:00Z' }

test.each([
  ['the same', asked, asked, true],
  ['a minute later', asked, { ...asked, ...minuteLater, compareTo: '2025-12-31T00:01:00Z' }, true],
  ['a longer period', asked, { ...asked, to: minuteLater.to }, false],
  ['other metrics', asked, { ...asked, metrics: ['contentStarts'] }, false],
  ['no comparison', asked, { ...range, metrics: asked.metrics }, false],
  ['a filter', range, { ...range, segments: ['live'] }, false],
  ['another time zone', range, { ...range, timeZone: 'Asia/Tokyo' }, false],
])('whether the page only moved on: %s', (_, before, now, isIt) => {
  expect(isMovedOn(before, now)).toBe(isIt)
})
