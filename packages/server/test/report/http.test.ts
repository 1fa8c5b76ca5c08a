import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { catalogue } from '@playhead/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSimpleSessions, formulas } from '@playhead/testing/sessions/playedSessions.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server
let sids: readonly string[]
let range: { readonly from: string; readonly to: string }

beforeAll(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path, { PLAYHEAD_REORDER_WINDOW_MS: '0' })
  range = {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
  }
  sids = await createSimpleSessions(server.url)
})
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

function ask(path: string, body: object | string): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify({ ...range, ...body })
  return fetch(`${server.url}/reporting/v1/${path}`, { method: 'POST', body: text })
}

async function json(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await ask(path, body)
  return (await response.json()) as Record<string, unknown>
}

async function list(search: string): Promise<{ ids: string[]; next: string | null }> {
  const response = await fetch(`${server.url}/reporting/v1/sessions?${search}`)
  expect(response.status).toBe(200)
  const { sessions, next } = (await response.json()) as { sessions: { id: string }[]; next: string | null }
  return { ids: sessions.map(({ id }) => id), next }
}

test('the catalogue', async () => {
  const response = await fetch(`${server.url}/reporting/v1/catalog`)
  expect([response.status, await response.json()]).toEqual([200, catalogue])
})

describe('a query', () => {
  const byName = {
    metrics: ['mediaStarts', 'contentTimeSpent'],
    dimensions: ['contentName'],
    orderBy: 'contentName',
  }

  test('is answered as JSON, with what was just closed in it', async () => {
    expect(await json('query', byName)).toMatchObject({
      timeZone: 'UTC',
      rows: [
        { dimensions: { contentName: '=1+1' }, metrics: { mediaStarts: 1, contentTimeSpent: 10 } },
        {
          dimensions: { contentName: 'A "quoted", name' },
          metrics: { mediaStarts: 1, contentTimeSpent: 10 },
        },
        { dimensions: { contentName: null }, metrics: { mediaStarts: 1, contentTimeSpent: 10 } },
      ],
      totals: { metrics: { mediaStarts: 3, contentTimeSpent: 30 } },
      page: { offset: 0, limit: 100, rows: 3 },
    })
  })

  test.each(['query', 'panels/concurrent'])('is not asked for in the address of %s', async (path) => {
    const response = await ask(`${path}?format=csv`, byName)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      message: 'format is not a parameter here; there are none: what is asked for is in the body.',
      errors: [{ code: 'query_invalid' }],
    })
  })

  test('as CSV, in which no cell is a formula', async () => {
    const response = await ask('query', { ...byName, format: 'csv' })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="report.csv"')
    expect(await response.text()).toBe(
      `"contentName","mediaStarts","contentTimeSpent"\n"'=1+1",1,10\n"A ""quoted"", name",1,10\n,1,10\n`,
    )
  })

  test('as CSV, in which a mean says over how many it is', async () => {
    const metrics = ['averageTimeToStart', 'averageContentTimeSpent']
    const response = await ask('query', { metrics, format: 'csv' })
    expect(await response.text()).toBe(
      '"averageTimeToStart","averageContentTimeSpent","basis.averageTimeToStart"\n,10,0\n',
    )
  })

  test.each(Object.entries(formulas))('CSV makes text of a formula: %s', async (key, value) => {
    const filters = [{ dimension: `c.${key}`, operator: 'exists' }]
    const response = await ask('query', {
      metrics: ['mediaStarts'],
      dimensions: [`c.${key}`],
      filters,
      format: 'csv',
    })
    expect(await response.text()).toBe(`"c.${key}","mediaStarts"\n"'${value}",1\n`)
  })

  test('as NDJSON, with times and a comparison', async () => {
    const response = await ask('query', {
      ...byName,
      timeZone: 'Asia/Kolkata',
      granularity: 'month',
      compareTo: 'previousYear',
      top: { count: 1, other: true },
      format: 'ndjson',
    })
    const lines = (await response.text()).trim().split('\n')
    const [first] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(Object.keys(first ?? {})).toEqual([
      'start',
      'contentName',
      'isOther',
      'mediaStarts',
      'contentTimeSpent',
      'previous.mediaStarts',
      'previous.contentTimeSpent',
    ])
    expect(first?.['start']).toMatch(/^\d{4}-\d{2}-01T00:00:00\+05:30$/)
    expect(lines).toHaveLength(2)
  })

  test('as Parquet, which ClickHouse reads', async () => {
    const response = await ask('query', { ...byName, granularity: 'day', format: 'parquet' })
    expect(response.headers.get('content-type')).toBe('application/vnd.apache.parquet')
    const scratch = await mkdtemp(join(tmpdir(), 'playhead-parquet-'))
    const file = join(scratch, 'report.parquet')
    await writeFile(file, new Uint8Array(await response.arrayBuffer()))
    const rows = await readParquet(file)
    await rm(scratch, { recursive: true })
    expect(rows).toMatchObject([
      { contentName: '=1+1', mediaStarts: 1, contentTimeSpent: 10 },
      { contentName: 'A "quoted", name', mediaStarts: 1, contentTimeSpent: 10 },
      { contentName: null, mediaStarts: 1, contentTimeSpent: 10 },
    ])
  })

  test('that is wrong is refused, with the place and what is nearest', async () => {
    const response = await ask('query', { metrics: ['mediaStart'] })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      errors: [{ code: 'report_id_unknown', pointer: '/metrics/0', hint: 'did you mean mediaStarts?' }],
    })
    expect((await ask('query', '{')).status).toBe(400)
    const nothing = (await (await ask('query', { metrics: [], colour: 'red' })).json()) as {
      errors: { hint: string }[]
    }
    // The advice of these codes is for players.
    expect(nothing.errors.map(({ hint }) => hint).join()).not.toContain('customMetadata')
    expect((await ask('query', '')).status).toBe(400)
    expect((await ask('query', '[[]]')).status).toBe(400)
    const get = await fetch(`${server.url}/reporting/v1/query`)
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
  })
})

test('panels', async () => {
  const { total } = (await json('panels/concurrent', { grain: 'second' })) as { total: { max: number } }
  expect(total.max).toBe(3)
  expect(await json('panels/time-spent', {})).toMatchObject({ granularity: 'minute' })
  expect(await json('panels/average-minute-audience', { per: 'content' })).toMatchObject({
    contents: [{ contentId: 'content', length: 100, seconds: 30, audience: 0.3 }],
  })
  const retention = await json('panels/retention', { contentId: 'content', step: 5 })
  expect(retention['viewers']).toBe(3)
  expect((retention['points'] as object[]).slice(0, 3)).toEqual([
    { position: 0, viewers: 3, share: 1 },
    { position: 5, viewers: 3, share: 1 },
    { position: 10, viewers: 0, share: 0 },
  ])
  const { rows } = (await json('panels/starts-by-time-of-day', {})) as { rows: { mediaStarts: number }[] }
  expect(rows.reduce((sum, { mediaStarts }) => sum + mediaStarts, 0)).toBe(3)
  for (const [segment, viewers] of [
    ['withClockWarnings', 0],
    ['withoutClockWarnings', 3],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const answer = await json('panels/retention', { contentId: 'content', segments: [segment] })
    expect(answer['viewers']).toBe(viewers)
  }
  expect((await ask('panels/retention', {})).status).toBe(400)
})

describe('the list of sessions', () => {
  test('goes on page by page', async () => {
    const all = await list('')
    expect(new Set(all.ids)).toEqual(new Set(sids))
    const first = await list('limit=2')
    expect(first).toEqual({ ids: all.ids.slice(0, 2), next: expect.stringContaining(`-${all.ids[1]}`) })
    expect(await list(`limit=2&before=${first.next}`)).toEqual({ ids: all.ids.slice(2), next: null })
  })

  test('is narrowed down by dimensions, and by a search', async () => {
    const [first, second] = sids
    expect((await list('contentName=%3D1%2B1')).ids).toEqual([first])
    expect((await list('c.at=@SUM(1)&contentId=content')).ids).toEqual([second])
    expect((await list('c.at=none')).ids).toEqual([])
    expect((await list('q=QUOTED')).ids).toEqual([second])
    expect((await list(`q=${first?.slice(0, 20)}`)).ids).toEqual([first])
    expect((await list('status=open')).ids).toEqual([])
    expect((await list('closeCause=sessionEnd')).ids).toHaveLength(3)
    const wrong = await fetch(`${server.url}/reporting/v1/sessions?adId=x`)
    expect(wrong.status).toBe(400)
  })

  test('is narrowed down by the filters and segments of a query', async () => {
    const narrowed = (filters: object[]) => `filters=${encodeURIComponent(JSON.stringify(filters))}`
    const quoted = { dimension: 'contentName', operator: 'contains', values: ['quoted'] }
    expect((await list(narrowed([quoted]))).ids).toEqual([sids[1]])
    expect((await list(narrowed([{ ...quoted, operator: 'notContains' }]))).ids).toHaveLength(2)
    expect((await list('segments=vod')).ids).toHaveLength(3)
    expect((await list('segments=live')).ids).toEqual([])
    expect((await list('segments=withClockWarnings')).ids).toEqual([])
    expect((await list('segments=withoutClockWarnings')).ids).toHaveLength(3)
    for (const wrong of [
      'filters=x',
      narrowed([{ dimension: 'contentNam', operator: 'exists' }]),
      narrowed([{ dimension: 'adId', operator: 'exists' }]),
      'segments=vodd',
    ]) {
      expect((await fetch(`${server.url}/reporting/v1/sessions?${wrong}`)).status).toBe(400)
    }
  })
})

/** In a process of its own, as the engine wants to be. */
async function readParquet(file: string): Promise<unknown[]> {
  const script = `
    import { Session } from 'chdb'
    const session = new Session()
    process.stdout.write(session.query("SELECT * FROM file('${file}', Parquet)", 'JSONEachRow').toString())
    session.close()`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../..'),
  })
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}
