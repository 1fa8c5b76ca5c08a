import { expect, inject, test } from 'vitest'
import { bodiesOf, readTimeline } from '@playhead/testing/timelines/readTimeline.ts'
import type { Explanation, Interval } from '../src/reports/explain.ts'
import {
  eventBody,
  isClosed,
  play,
  post,
  type Report,
  reportOf,
  startBody,
} from '@playhead/testing/player.ts'

const server = { url: inject('sharedUrl') }

function bodiesOfTimeline(name: string): ReturnType<typeof bodiesOf> {
  return bodiesOf(readTimeline(`${import.meta.dirname}/../../../timelines/${name}.md`), Date.now())
}

async function explained(
  sid: string,
  isIt: (report: Report) => boolean,
): Promise<Report & { explanation: Explanation }> {
  const report = await reportOf(server.url, sid, isIt, '?explain=1&events=1')
  return report as Report & { explanation: Explanation }
}

function lengths(intervals: readonly Interval[]): number[] {
  return intervals.map(({ ms }) => ms / 1000)
}

test('content time viewed to the end is 11 + 10 + 10 + 14 seconds, between events that the report names', async () => {
  const bodies = bodiesOfTimeline('viewed-to-the-end')
  const end = { eventType: 'sessionEnd', playerTime: bodies.at(-1)?.playerTime }
  const sid = await play(server.url, [...bodies, end])
  const { explanation, events = [], contextData } = await explained(sid, isClosed)
  const { durations, ads, causes, isOfReported } = explanation
  const typeOf = (seq: number | null | undefined) => events.find((event) => event.seq === seq)?.eventType

  expect(isOfReported).toBe(true)
  expect(contextData['a.media.timePlayed']).toBe(45)
  expect(durations.contentTimeSpent.ms).toBe(45_000)
  expect(lengths(durations.contentTimeSpent.intervals)).toEqual([11, 10, 10, 14])
  expect(
    durations.contentTimeSpent.intervals.map(({ fromSeq, toSeq }) => [typeOf(fromSeq), typeOf(toSeq)]),
  ).toEqual([
    ['play', 'bufferStart'],
    ['play', 'adBreakStart'],
    ['adBreakComplete', 'pauseStart'],
    ['play', 'sessionComplete'],
  ])
  expect(lengths(durations.adTimeSpent.intervals)).toEqual([22, 8])
  expect(ads.map(({ timeSpent }) => lengths(timeSpent.intervals))).toEqual([[15], [7], [8]])
  expect(ads.map(({ startSeq, endSeq }) => [typeOf(startSeq), typeOf(endSeq)])).toEqual(
    Array.from({ length: 3 }, () => ['adStart', 'adComplete']),
  )
  expect(durations.mediaTimeSpent).toEqual({ ms: 75_000, sumOf: ['contentTimeSpent', 'adTimeSpent'] })
  expect(lengths(durations.totalPauseDuration.intervals)).toEqual([10])
  expect(lengths(durations.totalBufferDuration.intervals)).toEqual([3])
  expect(durations.totalStallDuration).toEqual({ ms: 0, intervals: [] })
  expect(durations.uniqueTimePlayed).toMatchObject({
    ms: 45_000,
    stretches: [{ fromPlayhead: 0, toPlayhead: 45, ms: 45_000 }],
  })
  const viewings = durations.uniqueTimePlayed.stretches.flatMap((stretch) => stretch.viewings)
  expect(viewings.map(({ fromSeq, toSeq }) => [typeOf(fromSeq), typeOf(toSeq)])).toEqual([
    ['play', 'bufferStart'],
    ['play', 'adBreakStart'],
    ['adBreakComplete', 'pauseStart'],
    ['play', 'sessionComplete'],
  ])
  expect(Object.entries(causes).map(([metric, seqs]) => [metric, seqs.map(typeOf)])).toEqual(
    expect.arrayContaining([
      ['contentStarts', ['play']],
      ['contentCompletes', ['sessionComplete']],
      ['pauseEvents', ['pauseStart']],
      ['bufferEvents', ['bufferStart']],
      ['adCount', ['adStart', 'adStart', 'adStart']],
    ]),
  )
})

test('an open session is explained as it stands', async () => {
  const ts = Date.now()
  const sid = await play(server.url, [
    startBody(ts),
    eventBody('play', ts, 0),
    eventBody('ping', ts + 7000, 7),
  ])
  const { explanation } = await explained(sid, ({ contextData }) => contextData['a.media.timePlayed'] === 7)
  expect(explanation.isOfReported).toBe(true)
  expect(lengths(explanation.durations.contentTimeSpent.intervals)).toEqual([7])
})

test('a downloaded session is explained by the places of its events in the list', async () => {
  const bodies = bodiesOfTimeline('downloaded')
  const response = await post(`${server.url}/api/v1/sessions`, bodies)
  const sid = response.headers.get('location')?.split('/').at(-1) ?? ''
  const { explanation, contextData } = await explained(sid, isClosed)
  expect(explanation.isOfReported).toBe(true)
  expect(explanation.causes.mediaStarts).toEqual([1])
  expect(Math.round(explanation.durations.contentTimeSpent.ms / 1000)).toBe(contextData['a.media.timePlayed'])
})

test('without being asked for it, a report has none', async () => {
  const sid = await play(server.url, [startBody()])
  expect(await reportOf(server.url, sid, () => true)).not.toHaveProperty('explanation')
})
