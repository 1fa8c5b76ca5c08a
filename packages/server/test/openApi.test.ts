import { ProblemCode } from '@playhead/protocol'
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import { beforeAll, expect, inject, test } from 'vitest'
import { allTimelines, bodiesOf } from '@playhead/testing/timelines/readTimeline.ts'
import { isClosed, play, post, reportOf, startBody } from '@playhead/testing/player.ts'
import { until } from '@playhead/testing/server/until.ts'

interface Described {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}
interface Operation {
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}
type Content = Readonly<Record<string, { readonly schema: AnySchema }>>

const server = { url: inject('sharedUrl') }
let api: Described
let sid: string
/** The dialect of OpenAPI 3.1; a schema that is none is refused by it. */
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false })

beforeAll(async () => {
  api = (await (await fetch(`${server.url}/openapi.json`)).json()) as Described
  for (const word of ['openapi', 'info', 'servers', 'tags', 'paths', 'components', 'security'])
    ajv.addKeyword(word)
  ajv.addKeyword('discriminator')
  ajv.addSchema(api, 'api')
  const timeline = allTimelines().find(({ file }) => file === 'chapters-around-ads.md')
  if (timeline === undefined) throw new Error('there is no such timeline')
  const bodies = bodiesOf(timeline, Date.now() - 120_000)
  for (const body of bodies) expect(problemsOf(bodySchema(body), body)).toEqual([])
  sid = await play(server.url, [
    ...bodies,
    { eventType: 'sessionEnd', playerTime: { playhead: 45, ts: Date.now() } },
  ])
  await post(`${server.url}/api/v1/sessions`, { ...startBody(), params: {} })
  await reportOf(server.url, sid, isClosed)
  await until('the refusal', async () => {
    const list = (await (await fetch(`${server.url}/reporting/v1/refusals`)).json()) as { refusals: object[] }
    return list.refusals.length > 0
  })
})

function bodySchema(body: object): AnySchema {
  const { eventType } = body as { eventType: string }
  return { $ref: `api#/components/schemas/${eventType}` }
}

function problemsOf(schema: AnySchema, value: unknown): unknown[] {
  const check = ajv.compile(schema)
  return check(value) ? [] : (check.errors ?? [])
}

/** The schema that an operation's answer is promised to have, its references into the description. */
function answerSchema(path: string, method: string, status: number): AnySchema {
  const schema = api.paths[path]?.[method]?.responses[status]?.content?.['application/json']?.schema
  if (schema === undefined) throw new Error(`${method} ${path} describes no JSON for ${status}`)
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as AnySchema
}

const day = 86_400_000
const range = {
  from: new Date(Date.now() - day).toISOString(),
  to: new Date(Date.now() + day).toISOString(),
}
const answers: readonly (readonly [
  path: string,
  method: 'get' | 'post',
  status: number,
  ask?: object | string,
])[] = [
  ['/reporting/v1/catalog', 'get', 200],
  [
    '/reporting/v1/query',
    'post',
    200,
    {
      ...range,
      metrics: ['mediaStarts', 'averageBitrate'],
      dimensions: ['contentId'],
      granularity: 'day',
      compareTo: 'previousPeriod',
      top: { count: 1, other: true },
    },
  ],
  ['/reporting/v1/query', 'post', 400, { ...range, metrics: ['mediaStart'] }],
  ['/reporting/v1/panels/concurrent', 'post', 200, range],
  ['/reporting/v1/panels/time-spent', 'post', 200, range],
  ['/reporting/v1/panels/average-minute-audience', 'post', 200, range],
  ['/reporting/v1/panels/average-minute-audience', 'post', 200, { ...range, per: 'content' }],
  ['/reporting/v1/panels/retention', 'post', 200, { ...range, contentId: 'VA API Sample Player' }],
  ['/reporting/v1/panels/starts-by-time-of-day', 'post', 200, { ...range, byWeekday: true }],
  ['/reporting/v1/sessions', 'get', 200],
  ['/reporting/v1/sessions/{sid}', 'get', 200, '?events=1&explain=1'],
  ['/reporting/v1/sessions/{sid}', 'get', 400, '?event=1'],
  ['/reporting/v1/refusals', 'get', 200],
  ['/reporting/v1/diagnostics', 'get', 200],
  ['/reporting/v1/custom-metadata', 'get', 200],
  ['/reporting/v1/custom-metadata', 'get', 400, '?limit=1001'],
  ['/reporting/v1/validate', 'post', 200, { eventType: 'ping' }],
  ['/api/v1/sessions', 'post', 400, { eventType: 'sessionStart' }],
  [
    '/api/v1/sessions/{sid}/events',
    'post',
    410,
    { eventType: 'ping', playerTime: { playhead: 1, ts: Date.now() } },
  ],
]

for (const [path, method, status, ask = ''] of answers) {
  test(`${method} ${path} answers ${status} as it is described`, async () => {
    const url = server.url + path.replace('{sid}', sid) + (typeof ask === 'string' ? ask : '')
    const body = typeof ask === 'object' ? JSON.stringify(ask) : undefined
    const response = await fetch(url, { method, ...(body !== undefined && { body }) })
    expect(response.status).toBe(status)
    expect(problemsOf(answerSchema(path, method, status), await response.json())).toEqual([])
  })
}

test('every question that is answered in it is one that the description allows', () => {
  for (const [path, method, status, ask] of answers) {
    const schema = api.paths[path]?.[method]?.requestBody?.content['application/json']?.schema
    if (status !== 200 || schema === undefined || typeof ask !== 'object') continue
    expect(problemsOf(schema, ask)).toEqual([])
  }
})

test('the stream of what is live is as it is described', async () => {
  const stop = new AbortController()
  const response = await fetch(`${server.url}/reporting/v1/live`, { signal: stop.signal })
  const chunk = await response.body?.getReader().read()
  stop.abort()
  const [, data = ''] = /^data: (.*)$/m.exec(new TextDecoder().decode(chunk?.value)) ?? []
  expect(problemsOf({ $ref: 'api#/components/schemas/LiveNow' }, JSON.parse(data))).toEqual([])
})

test('every path that the server has is described, and each code of a refusal', async () => {
  expect(api.openapi).toBe('3.1.0')
  for (const [path, methods] of Object.entries(api.paths)) {
    const url = server.url + path.replaceAll(/\{\w+\}/g, 'x')
    const wrong = await fetch(url, { method: 'PATCH' })
    expect(wrong.headers.get('allow')?.toLowerCase().split(', ')).toEqual(
      expect.arrayContaining(Object.keys(methods)),
    )
  }
  expect(JSON.stringify(api.components.schemas['Refusal'])).toContain(ProblemCode.reportTimeout)
})

test('the catalogue is sent compressed to those who can unpack it', async () => {
  const ask = (encoding: string) =>
    fetch(`${server.url}/reporting/v1/catalog`, { headers: { 'accept-encoding': encoding } })
  const [plain, zipped] = await Promise.all([ask('gzip;q=0, identity'), ask('br, gzip')])
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  expect(zipped.headers.get('vary')).toBe('accept-encoding')
  expect(Number(zipped.headers.get('content-length'))).toBeLessThan(
    Number(plain.headers.get('content-length')) / 3,
  )
  expect(await zipped.json()).toEqual(await plain.json())
})
