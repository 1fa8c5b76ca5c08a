import { expect, test } from 'vitest'
import { placesOf } from './places.ts'

test('events are counted from 1 within their session, whatever their numbers in the journal', () => {
  const events = [4711, 4712, 9000].map((seq) => ({
    seq,
    receivedAt: 0,
    raw: '{}',
    eventType: 'ping',
    playerTime: { ts: 0, playhead: 0 },
    at: 0,
  }))
  expect([...placesOf({ events })]).toEqual([
    [4711, 1],
    [4712, 2],
    [9000, 3],
  ])
})
