import { calculatedMetrics, reportDimensions, reportMetrics } from '@playhead/protocol'
import { expect, test } from 'vitest'
import { nearestIds } from './nearestIds.ts'

const metrics = [...reportMetrics, ...calculatedMetrics]

test.each([
  ['mediaStart', ['mediaStarts']],
  ['media_starts', ['mediaStarts']],
  ['completionRate', ['adCompletionRate', 'mediaCompletionRate', 'contentCompletionRate']],
  ['startupTime', ['timeToStart', 'averageTimeToStart']],
  ['pausedStreams', ['pauseImpactedStreams']],
  ['a.media.totalTimePlayed', ['mediaTimeSpent']],
  ['qoeDataDetails.bufferCount', ['bufferEvents']],
  ['Average minute audience', ['averageMinuteAudience']],
])('the metric %s may be %j', (asked, nearest) => {
  expect(nearestIds(asked, metrics)).toEqual(expect.arrayContaining(nearest))
})

test.each([
  ['content_id', ['contentId']],
  ['title', ['contentName', 'playerName']],
  ['content', ['contentId', 'contentName', 'contentType']],
  ['media.playerName', ['playerName']],
  ['device', ['playerName']],
])('the dimension %s may be %j', (asked, nearest) => {
  expect(nearestIds(asked, reportDimensions)).toEqual(expect.arrayContaining(nearest))
})

test('what is misspelt is not offered what is only like it', () => {
  expect(nearestIds('mediaStart', metrics)).toEqual(['mediaStarts'])
})

test('three at most, and none for what is like nothing', () => {
  for (const asked of ['time', 'content', 'rate', 'starts'])
    expect(nearestIds(asked, metrics)).toHaveLength(3)
  expect(nearestIds('zzzz', metrics)).toEqual([])
  expect(nearestIds('', metrics)).toEqual([])
})

test('an id that is longer than any is compared with none', () => {
  const asked = (chars: number) => 'mediaStarts'.padEnd(chars, '.')
  expect(nearestIds(asked(64), metrics)).toEqual(['mediaStarts'])
  expect(nearestIds(asked(65), metrics)).toEqual([])
})
