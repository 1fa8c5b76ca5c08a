import { describe, expect, test } from 'vitest'
import {
  averageBitrate,
  bitrateBucket,
  countError,
  emptyQuality,
  errorIdsMax,
  updateQuality,
  weighBitrate,
} from './quality.ts'

describe('the average bitrate', () => {
  test('weighs each bitrate by the time played in it', () => {
    const quality = emptyQuality()
    for (const [bitrate, playedMs] of [
      [1000, 30_000],
      [4000, 10_000],
    ] as const)
      weigh(quality, bitrate, playedMs)
    expect(averageBitrate(quality)).toBe(1750)
  })

  test('leaves out the time before the first one is known', () => {
    const quality = emptyQuality()
    weighBitrate(quality, quality.bitrate, 60_000)
    weigh(quality, 2000, 1000)
    expect(averageBitrate(quality)).toBe(2000)
  })

  test('is the last one where nothing was played, and none where none was sent', () => {
    const quality = emptyQuality()
    expect(averageBitrate(quality)).toBeUndefined()
    updateQuality(quality, { bitrate: 800 })
    updateQuality(quality, { bitrate: 900 })
    expect(averageBitrate(quality)).toBe(900)
  })

  function weigh(quality: ReturnType<typeof emptyQuality>, bitrate: number, playedMs: number): void {
    updateQuality(quality, { bitrate })
    weighBitrate(quality, quality.bitrate, playedMs)
  }
})

test.each([
  [0, '0-99'],
  [99, '0-99'],
  [100, '100-199'],
  [1714, '1700-1799'],
])('%d kbps are in the bucket %s', (bitrate, bucket) => {
  expect(bitrateBucket(bitrate)).toBe(bucket)
})

test('a value stays in force until another comes; 0 is a value', () => {
  const quality = emptyQuality()
  updateQuality(quality, { droppedFrames: 30, timeToStartMs: 1000 })
  updateQuality(quality, {})
  updateQuality(quality, { timeToStartMs: 0 })
  expect(quality).toMatchObject({ droppedFrames: 30, timeToStartMs: 0 })
})

test('errors are all counted, their ids kept once for each source, up to a limit', () => {
  const quality = emptyQuality()
  countError(quality, { id: 'a', source: 'player' })
  countError(quality, { id: 'a', source: 'player' })
  countError(quality, { id: 'a', source: 'external' })
  countError(quality, { id: undefined, source: 'player' })
  expect(quality).toMatchObject({ errorCount: 4, playerErrors: ['a'], externalErrors: ['a'] })
  for (let nth = 0; nth < 2 * errorIdsMax; nth += 1) countError(quality, { id: `e${nth}`, source: 'player' })
  expect(quality.playerErrors).toHaveLength(errorIdsMax)
})
