import { sessionMetrics } from '@playhead/protocol/reporting'
import { expect, test } from 'vitest'
import { valueOf } from './valueOf.ts'

const report = {
  contextData: { 'a.media.timePlayed': 45 },
  mediaReporting: { qoeDataDetails: { framesPerSecond: 29.97 } },
}

test.each([
  ['contentTimeSpent', 45],
  ['framesPerSecond', 29.97],
  ['stallEvents', undefined],
])('%s is %s', (id, value) => {
  const definition = sessionMetrics.find((metric) => metric.id === id)
  expect(valueOf(definition ?? {}, report)).toBe(value)
})

test('what has an XDM name only may be left out, and all that is around it', () => {
  const framesPerSecond = { xdm: 'qoeDataDetails.framesPerSecond' }
  expect(valueOf(framesPerSecond, { ...report, mediaReporting: {} })).toBeUndefined()
})
