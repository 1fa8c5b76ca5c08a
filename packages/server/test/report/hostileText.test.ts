import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventBody, isClosed, play, reportOf, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

/** What a stranger may put into a title. Each is a title and nothing else, wherever it turns up again. */
const texts = [
  `'; DROP TABLE events; --`,
  `' OR 1=1 --`,
  `\\' OR 1=1 --`,
  '`) FROM system.tables --',
  '{p0:String}',
  '{limit:UInt32} ${name} %(x)s ? :x $1',
  '/* */ -- #',
  '\\N',
  '\\',
  `"`,
  'a,b;c\td',
  'line\r\nset-cookie: a=b',
  '\u0000',
  'nul\u0000inside',
  '\u001B[31mred\u001B[0m',
  '\u202Eevil\u202C',
  '\uFEFFmark',
  '<script>alert(1)</script>',
  '</title><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.example")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '%s%n%00',
  'true',
  '{"a":1}',
  '__proto__',
  '日本語 🎬 é é',
  'x'.repeat(1000),
]

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server
let sids: readonly string[]
const range = {
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
}

beforeAll(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path, { PLAYHEAD_REORDER_WINDOW_MS: '0' })
  sids = await Promise.all(
    texts.map((text, nth) => {
      const ts = Date.now()
      const start = {
        ...startBody(ts, { 'media.name': text, 'media.id': `content${nth}`, 'analytics.visitorId': text }),
        customMetadata: { title: text },
      }
      return play(server.url, [start, eventBody('play', ts + 1, 0), eventBody('sessionEnd', ts + 1000, 1)])
    }),
  )
  for (const sid of sids) await reportOf(server.url, sid, isClosed)
})
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

function query(body: object): Promise<Response> {
  const question = { ...range, metrics: ['mediaStarts'], ...body }
  return fetch(`${server.url}/reporting/v1/query`, { method: 'POST', body: JSON.stringify(question) })
}

test.each(texts.map((text, nth) => [JSON.stringify(text).slice(0, 60), text, nth] as const))(
  'the report of a session has the title %s as it was sent, and a list finds it by that alone',
  async (_shown, text, nth) => {
    const report = await reportOf(server.url, sids[nth] ?? '', isClosed, '?events=1')
    expect(report.contextData).toMatchObject({ 'a.media.friendlyName': text, 'c.title': text })
    for (const parameter of ['contentName', 'c.title']) {
      const response = await fetch(
        `${server.url}/reporting/v1/sessions?${parameter}=${encodeURIComponent(text)}`,
      )
      const { sessions } = (await response.json()) as { sessions: { id: string }[] }
      expect(sessions.map(({ id }) => id)).toEqual([sids[nth]])
    }
    const found = await fetch(`${server.url}/reporting/v1/sessions?q=${encodeURIComponent(text)}`)
    const { sessions } = (await found.json()) as { sessions: { id: string }[] }
    expect(sessions.map(({ id }) => id)).toContain(sids[nth])
  },
)

test('a report by title has a row for each, and none for more', async () => {
  for (const dimension of ['contentName', 'c.title']) {
    const { rows } = (await (await query({ dimensions: [dimension], limit: 1000 })).json()) as {
      rows: { dimensions: Record<string, string>; metrics: { mediaStarts: number } }[]
    }
    expect(rows.map(({ dimensions }) => dimensions[dimension] ?? '').toSorted()).toEqual(texts.toSorted())
    expect(rows.every(({ metrics }) => metrics.mediaStarts === 1)).toBe(true)
  }
})

test('a filter takes a title for a title', async () => {
  for (const text of texts) {
    for (const operator of ['equals', 'contains', 'startsWith']) {
      const filters = [{ dimension: 'contentName', operator, values: [text] }]
      const { rows } = (await (
        await query({ dimensions: ['contentName'], filters, limit: 1000 })
      ).json()) as { rows: { dimensions: { contentName: string } }[] }
      const expected = texts.filter((each) => matches(operator, each, text))
      expect(rows.map(({ dimensions }) => dimensions.contentName).toSorted()).toEqual(expected.toSorted())
    }
  }
})

function matches(operator: string, text: string, wanted: string): boolean {
  if (operator === 'equals') return text === wanted
  if (operator === 'startsWith') return text.startsWith(wanted)
  return text.toLowerCase().includes(wanted.toLowerCase())
}

test('a dimension and a state may have any name, and it is a name', async () => {
  for (const text of texts.filter(({ length }) => length <= 64)) {
    for (const format of ['json', 'csv', 'ndjson', 'parquet']) {
      const response = await query({
        dimensions: [`c.${text}`],
        metrics: ['mediaStarts', `states.${text}.count`],
        format,
      })
      expect([text, format, response.status]).toEqual([text, format, 200])
      await response.arrayBuffer()
    }
  }
})

test('CSV has no cell that a spreadsheet would reckon, and no row that it would break', async () => {
  const csv = await (await query({ dimensions: ['contentName'], format: 'csv' })).text()
  const cells = [...csv.matchAll(/(?:^|\n)"((?:[^"]|"")*)",(\d+)(?=\n)/gs)].map(([, cell = '']) =>
    cell.replaceAll('""', '"'),
  )
  expect(cells).toHaveLength(texts.length)
  expect(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([])
  expect(cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, '')).toSorted()).toEqual(texts.toSorted())
})
