import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { ProblemCode } from '@playhead/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { metricTable } from '../src/telemetry/metricTable.ts'
import { eventBody, openSession, post, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const operating = readFileSync(`${import.meta.dirname}/../../../docs/operating.md`, 'utf8')

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server

beforeAll(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path)
})
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

/** Every sample, by its name and labels as they are written. */
async function scrape(): Promise<Map<string, number>> {
  const answer = await fetch(`${server.url}/metrics`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ])
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' ') + 1)),
    ]),
  )
}

test('what is taken, refused, open, written and stored is counted', async () => {
  const ts = Date.now()
  const location = await openSession(server.url, startBody(ts))
  await openSession(server.url, startBody(ts))
  await post(`${server.url}${location}/events`, eventBody('play', ts, 0))
  await post(`${server.url}${location}/events`, eventBody('ping', ts + 1, 1))
  await post(`${server.url}${location}/events`, '{')
  await post(`${server.url}${location}/events`, 'x'.repeat(100_000))
  // Two members are missing, and one is of the wrong type.
  await post(`${server.url}${location}/events`, { eventType: 'ping', params: 1 })
  await post(`${server.url}${location}/events`, { eventType: 'ping', playerTime: {} })
  await fetch(`${server.url}/nothing/here`)
  await fetch(`${server.url}/%zz`)

  const samples = await until('everything to be stored', async () => {
    const now = await scrape()
    return (
      now.get('playhead_store_lag_records') === 0 && (now.get('playhead_journal_last_seq') ?? 0) > 4 && now
    )
  })
  const expected = {
    'playhead_events_acknowledged_total{event_type="sessionStart"}': 2,
    'playhead_events_acknowledged_total{event_type="play"}': 1,
    'playhead_events_acknowledged_total{event_type="ping"}': 1,
    'playhead_requests_refused_total{code="body_not_json"}': 1,
    'playhead_requests_refused_total{code="body_too_large"}': 1,
    'playhead_requests_refused_total{code="path_unknown"}': 1,
    'playhead_requests_refused_total{code="request_malformed"}': 1,
    'playhead_requests_refused_total{code="missing_member"}': 1,
    'playhead_requests_refused_total{code="wrong_type"}': 1,
    'playhead_request_problems_total{code="missing_member"}': 2,
    'playhead_request_problems_total{code="wrong_type"}': 1,
    'playhead_request_problems_total{code="path_unknown"}': 1,
    'playhead_http_request_duration_seconds_count{route="/api/v1/sessions",status="201"}': 2,
    'playhead_http_request_duration_seconds_count{route="/api/v1/sessions/:sid/events",status="204"}': 2,
    'playhead_http_request_duration_seconds_count{route="/api/v1/sessions/:sid/events",status="400"}': 3,
    'playhead_http_request_duration_seconds_count{route="unknown",status="404"}': 1,
    playhead_http_requests_in_flight: 1,
    playhead_open_sessions: 2,
    'playhead_journal_state{state="ok"}': 1,
    'playhead_journal_state{state="failed"}': 0,
    playhead_projection_lag_records: 0,
    playhead_store_lag_seconds: 0,
    'playhead_store_state{state="ready"}': 1,
  }
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, samples.get(name)]))).toEqual(expected)
  expect(samples.get('playhead_journal_sync_duration_seconds_count')).toBeGreaterThanOrEqual(4)
  expect(samples.get('playhead_journal_group_bytes_sum')).toBeLessThanOrEqual(
    samples.get('playhead_journal_bytes') ?? 0,
  )
  expect(
    samples.get('playhead_store_insert_duration_seconds_count{table="events",outcome="stored"}'),
  ).toBeGreaterThan(0)
})

test('every metric of the table is there, and every metric that is there is in the docs', async () => {
  const answer = await fetch(`${server.url}/metrics`)
  const described = [...(await answer.text()).matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = '']) => name)
  for (const name of Object.keys(metricTable)) expect(described).toContain(name)
  for (const name of described.filter((one) => !/^(process|nodejs)_/.test(one)))
    expect(operating).toContain(`\n| \`${name}\` `)
})

test('strangers make no series: neither paths, methods, event types nor ids become labels', async () => {
  const before = await scrape()
  const hostile = [
    '/a"b\nc',
    `/api/v1/sessions/${'f'.repeat(64)}/events`,
    '/?visitor=jane',
    '/%00',
    '/__proto__',
  ]
  for (const path of hostile) {
    for (const method of ['GET', 'POST', 'BREW']) {
      await send(
        `${method} ${encodeURI(path)} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
      )
    }
  }
  await post(`${server.url}/api/v1/sessions`, { ...startBody(), eventType: 'constructor' })
  const names = [...(await scrape()).keys()].filter(
    (name) => !before.has(name) && !/^(nodejs|process)_/.test(name) && !name.includes('_bucket'),
  )
  const codes: ReadonlySet<string> = new Set(Object.values(ProblemCode))
  for (const name of names) {
    const [, code] = /code="(.*)"/.exec(name) ?? []
    if (code !== undefined) expect(codes).toContain(code)
    else expect(name).toMatch(/^playhead_http_\w+\{route="(unknown|\/[\w/:*]*)",status="(\d{3}|aborted)"\}$/)
  }
})

test('a client that hangs up is no longer in flight, and is counted as such', async () => {
  const pending = request(`${server.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-length': 1000 },
  })
  pending.on('error', () => {})
  pending.write('{')
  await until(
    'the request to begin',
    async () => (await scrape()).get('playhead_http_requests_in_flight') === 2,
  )
  pending.destroy()
  const name = 'playhead_http_request_duration_seconds_count{route="/api/v1/sessions",status="aborted"}'
  await until('the request to end', async () => (await scrape()).get(name) === 1)
  expect((await scrape()).get('playhead_http_requests_in_flight')).toBe(1)
})

/** Bytes as they are, to the end of the answer. */
async function send(bytes: string): Promise<void> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket
    .on('error', () => {})
    .resume()
    .write(bytes)
  await once(socket, 'close')
}
