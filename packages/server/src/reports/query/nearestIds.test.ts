import { calculatedMetrics, reportDimensions, reportMetrics } from '@playhead/protocol'
import { expect, test } from 'vitest'
import { nearestIds } from './nearestIds.ts'

const metrics = [...reportMetrics, ...calculatedMetrics]

test.each([
  ['mediaStart', ['mediaStarts']],
  ['media_starts', ['mediaStarts']],
  ['completionRate', ['adCompletionRate', 'mediaCompletionRate', 'contentCompletionRate']],
  ['startupTime', ['timeToStart', 'timeToStartStreams', 'averageTimeToStart']],
  ['pausedStreams', ['pauseImpactedStreams', 'estimatedStreams', 'pauseEvents']],
  ['a.media.totalTimePlayed', ['mediaTimeSpent', 'uniqueTimePlayed', 'averageMediaTimeSpent']],
  ['qoeDataDetails.bufferCount', ['bufferEvents', 'adCount', 'chapterCount']],
  ['Average minute audience', ['averageMinuteAudience']],
])('the metric %s may be %j, in this order', (asked, nearest) => {
  expect(nearestIds(asked, metrics)).toEqual(nearest)
})

test.each([
  ['content_id', ['contentId']],
  ['title', ['contentName', 'playerName', 'adName']],
  ['content', ['contentId', 'contentName', 'contentType']],
  ['media.playerName', ['playerName', 'adPlayerName', 'contentName']],
  ['device', ['playerName', 'playerStates', 'playerSdkErrors']],
])('the dimension %s may be %j, in this order', (asked, nearest) => {
  expect(nearestIds(asked, reportDimensions)).toEqual(nearest)
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
