import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asWritten, bodiesOf, readTimeline, type Timeline } from '@playhead/testing/timelines/readTimeline.ts'
import { isClosed, type Part, play, type Report, reportOf } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

/**
 * The worked sessions of `timelines/`, posted over HTTP to the real server and read back through the reporting API.
 * Closing by silence is waited for, so this server waits for some seconds, for the playhead to move on, instead of ten minutes for
 * an event: a session cannot outlast its events' arrivals by more than that time-out.
 */
const stillTimeoutS = 8

const timelines = [
  'viewed-to-the-end',
  'abandoned-in-mid-roll',
  'chapters-around-ads',
  'sdk-simple',
  'sdk-pre-roll',
  'sdk-ads-and-chapters',
  'events-of-one-instant',
  'playheads-of-the-ad',
  'post-roll',
  'ad-that-never-ends',
  'gap-of-a-quarter-second',
  'live-after-zeros',
  'live-in-unix-seconds',
  'live-in-unix-milliseconds',
  'quality-that-cannot-be',
].map((name) => readTimeline(`${import.meta.dirname}/../../../timelines/${name}.md`))

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server

beforeAll(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path, {
    PLAYHEAD_SESSION_STILL_TIMEOUT_S: String(stillTimeoutS),
    PLAYHEAD_SESSION_GRACE_S: '0',
    PLAYHEAD_REORDER_WINDOW_MS: '200',
  })
})
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

describe('ended by its player', () => {
  test.each(timelines.map((timeline) => [timeline.title, timeline] as const))(
    '%s',
    async (_title, timeline) => {
      const bodies = bodiesOf(timeline, Date.now())
      const last = bodies.at(-1)
      const end = { eventType: 'sessionEnd', playerTime: last?.playerTime }
      const sid = await play(server.url, last?.eventType === 'sessionEnd' ? bodies : [...bodies, end])
      const report = await reportOf(server.url, sid, isClosed)
      expect(report.session).toMatchObject({ closeCause: 'sessionEnd', isProvisional: false })
      expectResult(report, timeline, '0')
    },
  )
})

const endedBySilence = timelines.filter(({ closedBy }) => closedBy !== 'sessionEnd')

describe('ended by silence', () => {
  test.concurrent.each(endedBySilence.map((timeline) => [timeline.title, timeline] as const))(
    '%s',
    async (_title, timeline) => {
      const sid = await play(server.url, bodiesOf(timeline, Date.now()))
      const open = await reportOf(server.url, sid, () => true)
      expect(open.session).toMatchObject({ status: 'open', isProvisional: true })
      const report = await reportOf(server.url, sid, isClosed)
      expect(report.session.closeCause).toBe('still')
      expectResult(report, timeline)
    },
  )
})

/** @param sinceLastCall where it does not depend on when the events came in */
function expectResult(report: Report, timeline: Timeline, sinceLastCall?: string): void {
  const compared = timeline.result.filter(({ metric }) => metric.id !== 'sinceLastCall' || sinceLastCall)
  const expected = compared.map(({ metric, text }) => [
    metric.title,
    metric.id === 'sinceLastCall' ? sinceLastCall : text,
  ])
  const reported = compared.map((line) => [line.metric.title, asWritten(line, valueOf(report, line.metric))])
  expect(reported).toEqual(expected)
  expect(report.ads.map((ad) => partOf(ad, 'ad', 'name'))).toEqual(timeline.ads.map(expectedPart))
  expect(report.chapters.map((chapter) => partOf(chapter, 'chapter', 'position'))).toEqual(
    timeline.chapters.map(expectedPart),
  )
}

/** A metric under its first name, and the same under its second. */
function valueOf(
  { contextData, mediaReporting }: Report,
  metric: Timeline['result'][number]['metric'],
): never {
  const [details = '', leaf = ''] = 'xdm' in metric ? metric.xdm.split('.') : []
  const values = [
    ...('contextData' in metric ? [contextData[metric.contextData]] : []),
    ...('xdm' in metric ? [mediaReporting[details]?.[leaf]] : []),
  ]
  expect(new Set(values.map((value) => JSON.stringify(value))).size).toBe(1)
  return values[0] as never
}

function partOf({ contextData }: Part, kind: 'ad' | 'chapter', nameLeaf: string): object {
  return {
    name: String(contextData[`a.media.${kind}.${nameLeaf}`]),
    timeSpentS: contextData[`a.media.${kind}.timePlayed`],
    isCompleted: contextData[`a.media.${kind}.complete`] === true,
    isStarted: contextData[`a.media.${kind}.view`],
  }
}

function expectedPart({ name, timeSpentS, isCompleted }: Timeline['ads'][number]): object {
  return { name, timeSpentS, isCompleted, isStarted: true }
}
