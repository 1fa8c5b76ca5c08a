import type { RefusalList } from '@playhead/protocol'
import { afterAll, expect, test } from 'vitest'
import { post, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const folder = await temporaryDataDir()
let server: Server
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

async function refusals(search = ''): Promise<RefusalList> {
  let answer: RefusalList | undefined
  await until('the refusals', async () => {
    const response = await fetch(`${server.url}/reporting/v1/refusals${search}`)
    if (!response.ok) return false
    answer = (await response.json()) as RefusalList
    return answer.refusals.length > 0
  })
  return answer as RefusalList
}

test('what was refused is seen with its reasons and bodies, also after a restart; a flood is counted', async () => {
  server = await startServer(folder.path)
  await until('the store', async () => (await fetch(`${server.url}/reporting/v1/refusals`)).ok)
  const start = `${server.url}/api/v1/sessions`
  const noId = { ...startBody(), params: { 'media.name': '<img onerror=1>' } }
  for (let nth = 0; nth < 10; nth += 1) expect((await post(start, noId)).status).toBe(400)
  const stranger = 'f'.repeat(64)
  expect((await post(`${start}/${stranger}/events`, { eventType: 'ping' })).status).toBe(400)
  const long = await fetch(start, { method: 'POST', body: `"${'é'.repeat(3000)}` })
  expect(long.status).toBe(400)

  expect(await server.stop()).toBe(0)
  server = await startServer(folder.path)

  const all = await refusals()
  const starts = all.reasons.find(
    ({ endpoint, code }) => endpoint === 'sessions' && code === 'missing_member',
  )
  expect(starts?.times).toBe(10)
  expect(all.requests).toBe(12)
  expect(all.refusals.reduce((sum, { alike }) => sum + alike, 0)).toBe(12)
  expect(all.refusals.filter(({ body }) => body.includes('<img onerror=1>'))).toHaveLength(3)
  expect(all.refusals.every(({ problems }) => problems.every(({ hint }) => hint !== undefined))).toBe(true)
  const [notJson] = (await refusals('?code=body_not_json')).refusals
  expect(notJson?.problems.map(({ code }) => code)).toEqual(['body_not_json'])
  expect(Buffer.byteLength(notJson?.body ?? '')).toBeLessThanOrEqual(4098)
  const [toStranger] = (await refusals(`?sid=${stranger}&limit=1`)).refusals
  expect(toStranger).toMatchObject({ endpoint: 'events', sid: stranger, alike: 1 })
  expect(toStranger?.body).toBe('{"eventType":"ping"}')

  const empty = await fetch(`${server.url}/reporting/v1/refusals?to=2020-01-01`)
  expect(await empty.json()).toEqual({ requests: 0, reasons: [], refusals: [] })
  const wrong = await fetch(`${server.url}/reporting/v1/refusals?code=missing_membr`)
  expect(wrong.status).toBe(400)
})

test('a request counts under each of its problems, and once in all', async () => {
  const start = `${server.url}/api/v1/sessions`
  const from = new Date().toISOString()
  const wrong = (type: string, more: object = {}) => ({
    eventType: type,
    playerTime: { playhead: 0, ts: 1 },
    ...more,
  })
  for (const type of ['pley', 'pley', 'ping', 'pley', 'pley']) await post(start, wrong(type))
  // Half of a character is no reason to forget the others.
  await fetch(start, { method: 'POST', body: JSON.stringify(wrong('pley')).replace('{', '{"\\ud800": 1, ') })

  await until('all of them', async () => (await refusals(`?from=${from}`)).requests === 6)
  const { reasons } = await refusals(`?from=${from}`)
  const timesOf = (wanted: string) => reasons.find(({ code }) => code === wanted)?.times
  expect(reasons.map(({ code, pointer, times }) => [code, pointer, times])).toEqual(
    expect.arrayContaining([
      ['ts_seconds', '/playerTime/ts', 6],
      ['unknown_event_type', '/eventType', 5],
      ['event_type_not_allowed', '/eventType', 1],
    ]),
  )
  expect(timesOf('unknown_member')).toBe(1)
  const late = await refusals(`?from=${from}&code=ts_seconds`)
  expect(late.requests).toBe(6)
  const misplaced = await refusals(`?from=${from}&code=event_type_not_allowed`)
  expect(misplaced.refusals.map(({ body }) => JSON.parse(body) as unknown)).toEqual([wrong('ping')])
  expect(misplaced.requests).toBe(1)
})

test('of a flood no request counts under a problem that it does not have, and others are still kept', async () => {
  const start = `${server.url}/api/v1/sessions`
  const from = new Date().toISOString()
  const floodOf = 60
  for (let nth = 0; nth < floodOf; nth += 1)
    await post(start, { eventType: 'pley', playerTime: { playhead: 0, ts: 1 }, [`z${nth}`]: 1 })
  await post(start, '{')
  await until('the flood', async () => (await refusals(`?from=${from}`)).requests === floodOf + 1)

  const { reasons, refusals: kept } = await refusals(`?from=${from}&limit=500`)
  const timesOf = (wanted: string) => reasons.find(({ code }) => code === wanted)?.times
  expect(timesOf('unknown_event_type')).toBe(floodOf)
  expect(timesOf('ts_seconds')).toBe(floodOf)
  const strange = reasons.filter(({ code }) => code === 'unknown_member')
  expect(strange.every(({ pointer, times }) => /^\/z\d+$/.test(pointer) && times === 1)).toBe(true)
  expect(strange.length).toBeLessThan(floodOf)
  // What only counts has no body, and is none of those that are shown.
  expect(kept.every(({ problems, alike }) => problems.length > 0 && alike === 1)).toBe(true)
  expect(kept.filter(({ body }) => body.includes('pley')).length).toBeLessThanOrEqual(strange.length)
  expect(kept.map(({ problems }) => problems[0]?.code)).toContain('body_not_json')
})

test('a player with a wrong path or method is among the refusals, and told of the base path', async () => {
  const from = new Date().toISOString()
  const body = JSON.stringify(startBody())
  const statusAt = async (method: string, path: string): Promise<number> =>
    (await fetch(server.url + path, { method, ...(method === 'POST' && { body }) })).status
  expect(await statusAt('POST', '/va/api/v1/sessions?secret=1')).toBe(404)
  expect(await statusAt('OPTIONS', '/va/api/v1/sessions')).toBe(404)
  expect(await statusAt('POST', '/api/v1/session')).toBe(404)
  expect(await statusAt('PUT', '/api/v1/sessions')).toBe(405)
  // Nobody's player.
  expect(await statusAt('POST', '/wp-login.php')).toBe(404)
  expect(await statusAt('GET', '/api/v1/sessions')).toBe(405)

  await until('all of them', async () => (await refusals(`?from=${from}`)).requests >= 4)
  const { requests, refusals: kept } = await refusals(`?from=${from}`)
  expect(requests).toBe(4)
  const told = kept.map(({ endpoint, problems: [problem] }) => [endpoint, problem?.code, problem?.got])
  expect(new Set(told.map((each) => each.join(' ')))).toEqual(
    new Set([
      'elsewhere path_unknown POST /va/api/v1/sessions',
      'elsewhere path_unknown OPTIONS /va/api/v1/sessions',
      'elsewhere path_unknown POST /api/v1/session',
      'sessions method_not_allowed PUT',
    ]),
  )
  const below = kept.find(({ problems: [problem] }) => problem?.got?.startsWith('POST /va'))
  expect(below?.problems[0]?.hint).toContain('PLAYHEAD_BASE_PATH')
  expect(below?.body).toBe(body)
})
