import { describe, expect, inject, test } from 'vitest'
import { asWritten, bodiesOf, readTimeline } from '@playhead/testing/timelines/readTimeline.ts'
import { eventBody, isClosed, post, reportOf, startBody } from '@playhead/testing/player.ts'

const dayMs = 86_400_000

const server = { url: inject('sharedUrl') }

/** A session watched at some time: 5 s of content, a pause of 50 s, 5 s more, 60 s long. */
function watchedAt(ts: number, params: object = {}): object[] {
  return [
    startBody(ts, { 'media.downloaded': true, ...params }),
    eventBody('play', ts, 0),
    eventBody('pauseStart', ts + 5000, 5),
    eventBody('ping', ts + 55_000, 5),
    eventBody('play', ts + 55_000, 5),
    eventBody('sessionComplete', ts + 60_000, 10),
  ]
}

async function sidOf(response: Response): Promise<string> {
  expect([response.status, await response.text()]).toEqual([201, ''])
  expect(response.headers.get('location')).toMatch(/^\/api\/v1\/sessions\/[0-9a-f]{64}$/)
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
  return response.headers.get('location')?.split('/').at(-1) ?? ''
}

describe.each(['/api/v1/sessions', '/api/v1/downloaded'])('a downloaded session sent to %s', (path) => {
  test('is reported at the time it was watched, and closed by the end of its list', async () => {
    const ts = Date.now() - 3 * dayMs - (path === '/api/v1/sessions' ? 1 : 0)
    const sid = await sidOf(await post(server.url + path, watchedAt(ts)))
    const report = await reportOf(server.url, sid, isClosed, '?events=1')
    expect(report.session).toMatchObject({
      closeCause: 'downloaded',
      startedAt: new Date(ts).toISOString(),
      closedAt: new Date(ts + 60_000).toISOString(),
    })
    expect(report.contextData).toMatchObject({
      'a.media.downloaded': true,
      'a.media.timePlayed': 10,
      'a.media.pauseTime': 50,
      'a.media.complete': true,
      'a.media.secondsSinceLastCall': 0,
    })
    expect(report.events?.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(report.diagnostics.map(({ code }) => code)).toEqual(['equal_ts'])
  })

  test('is taken in the order of its list: nothing is sorted, a step back books nothing', async () => {
    const ts = Date.now() - dayMs
    const list = [
      startBody(ts, { 'media.downloaded': true, 'media.id': `order${path}` }),
      eventBody('play', ts, 0),
      eventBody('pauseStart', ts + 10_000, 10),
      eventBody('play', ts + 4000, 10),
      eventBody('sessionEnd', ts + 6000, 12),
    ]
    const report = await reportOf(server.url, await sidOf(await post(server.url + path, list)), isClosed)
    expect(report.contextData).toMatchObject({ 'a.media.timePlayed': 12, 'a.media.pauseTime': 0 })
  })

  test('sent again is the same session, also with its members in another order', async () => {
    const ts = Date.now() - 2 * dayMs
    const list = watchedAt(ts, { 'media.id': `again${path}` })
    const shuffled = list.map((event) => Object.fromEntries(Object.entries(event).toReversed()))
    const sid = await sidOf(await post(server.url + path, list))
    expect(await sidOf(await post(server.url + path, shuffled))).toBe(sid)
    await reportOf(server.url, sid, isClosed)
    const marker = await sidOf(await post(server.url + path, watchedAt(ts, { 'media.id': `marker${path}` })))
    await reportOf(server.url, marker, isClosed)
    const report = await reportOf(server.url, sid, isClosed, '?events=1')
    expect(report.events).toHaveLength(list.length)
    // No session is longer than a day and a minute of grace.
    expect(report.contextData['a.media.timePlayed']).toBe(10)
  })

  test.each(['sessionEnd', 'sessionComplete', 'ping'])('takes no %s afterwards', async (type) => {
    const ts = Date.now() - dayMs
    const sid = await sidOf(
      await post(server.url + path, watchedAt(ts, { 'media.id': `after ${type}${path}` })),
    )
    const late = await post(`${server.url}/api/v1/sessions/${sid}/events`, eventBody(type, ts + 90_000, 90))
    expect(late.status).toBe(410)
  })

  test('is refused whole for one problem', async () => {
    const ts = Date.now() - dayMs
    const list = [...watchedAt(ts), { eventType: 'ping' }]
    const response = await post(server.url + path, list)
    const { errors } = (await response.json()) as { errors: { code: string; pointer: string }[] }
    expect(response.status).toBe(400)
    expect(errors.map(({ code, pointer }) => [pointer, code])).toEqual([['/6/playerTime', 'missing_member']])
  })
})

test.each([
  ['/api/v1/downloaded', [], 'download_empty'],
  ['/api/v1/downloaded', {}, 'body_not_array'],
  ['/api/v1/downloaded', [eventBody('play', Date.now(), 0)], 'event_type_not_allowed'],
  ['/api/v1/sessions', [startBody()], 'download_not_flagged'],
  ['/api/v1/sessions', startBody(Date.now(), { 'media.downloaded': true }), 'downloaded_needs_array'],
])('%s refuses what is no downloaded session', async (path, body, code) => {
  const response = await post(server.url + path, body)
  const { errors } = (await response.json()) as { errors: { code: string }[] }
  expect([response.status, errors[0]?.code]).toEqual([400, code])
})

test('a day of playback, some megabytes of it, is answered well within the five seconds that players wait', async () => {
  const ts = Date.now() - 5 * dayMs
  const pings = Array.from({ length: 1730 }, (_, nth) =>
    eventBody('ping', ts + (nth + 1) * 50_000, (nth + 1) * 50, {
      customMetadata: { note: 'x'.repeat(1500) },
    }),
  )
  const list = [
    startBody(ts, { 'media.downloaded': true, 'media.length': 90_000 }),
    eventBody('play', ts, 0),
    ...pings,
  ]
  const sid = await sidOf(await post(`${server.url}/api/v1/downloaded`, list))
  const report = await reportOf(server.url, sid, isClosed)
  // No session is longer than a day and a minute of grace.
  expect(report.contextData['a.media.timePlayed']).toBe(86_460)
})

test('a start as large as a list may be is too large', async () => {
  const body = startBody(Date.now(), { padding: 'x'.repeat(100_000) })
  expect((await post(`${server.url}/api/v1/sessions`, body)).status).toBe(413)
})

test.each([
  'downloaded',
  'sdk-downloaded',
  'downloaded-by-two-clocks',
  'downloaded-by-a-clock-set-back',
  'downloaded-and-asleep',
  'list-without-the-flag',
])('timelines/%s.md gives the result that its page says', async (name) => {
  const timeline = readTimeline(`${import.meta.dirname}/../../../timelines/${name}.md`)
  const ts = Date.now() - 4 * dayMs
  const sid = await sidOf(await post(`${server.url}/api/v1/downloaded`, bodiesOf(timeline, ts)))
  const { contextData } = await reportOf(server.url, sid, isClosed)
  const reported = timeline.result.map((line) => [
    line.metric.title,
    'contextData' in line.metric ? asWritten(line, contextData[line.metric.contextData] as never) : line.text,
  ])
  expect(reported).toEqual(timeline.result.map(({ metric, text }) => [metric.title, text]))
})
