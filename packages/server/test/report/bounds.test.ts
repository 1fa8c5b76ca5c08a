import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProblemCode } from '@playhead/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccess } from '../../src/auth/access.ts'
import { readConfig } from '../../src/config.ts'
import { openStore } from '../../dist/clickhouse/openStore.js'
import { createHttpServer } from '../../src/http/server/httpServer.ts'
import { createLogger } from '../../src/logger.ts'
import { refusingAtBounds } from '../../src/reports/reportRefused.ts'
import { createReports } from '../../src/reports/reports.ts'
import { answerQuestion } from '../../src/reports/worker/answerQuestion.ts'
import { sent, sentReports } from '../../src/reports/worker/reportDesk.ts'
import type { Store, StoreReader } from '../../src/clickhouse/store.ts'
import { rules } from '@playhead/testing/sessions/script.ts'
import { insertSessions, simulatedSessions } from '@playhead/testing/sessions/simulatedSessions.ts'

const sessions = simulatedSessions(60)
const sid = String(sessions[0]?.session['sid'])
let folder: string
let store: Store
let http: ReturnType<typeof createHttpServer>
let url: string
/** What is put in force behind each statement: the bounds of a report, so narrow that sixty sessions reach them. */
let bound: string

const nothing = (): never => {
  throw new Error('only reports are asked for')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-bounds-'))
  store = openStore({ dataDir: folder })
  await store.whenReady()
  await insertSessions(store, sessions)
  const refusal = { at: Date.now(), code: 'body_not_json', alike: 1 }
  await store.insert(
    'refusals',
    [1, 2].map((ordinal) => ({ ...refusal, ordinal, problems: '[]' })),
    'refusals',
  )
  const bounded: StoreReader = {
    isNarrowed: false,
    query: (sql, params) => store.query(`${sql} SETTINGS ${bound}`, params),
    export: (sql, params, format) => store.export(`${sql} SETTINGS ${bound}`, params, format),
  }
  const book = { tokens: [], isTokenNeeded: false, find: () => undefined }
  const config = readConfig({})
  http = createHttpServer({
    ingest: { openSession: nothing, takeEvent: nothing, takeDownload: nothing },
    reportsFor: () => {
      const reports = createReports(bounded, rules)
      return sentReports(async (question) => sent(await answerQuestion(reports, question)))
    },
    live: { listen: nothing, close: nothing },
    isStopping: () => false,
    health: nothing,
    exposition: { contentType: 'text/plain', text: nothing },
    onUnmatched: nothing,
    observer: { requestBegan() {}, requestEnded() {}, refused() {} },
    access: createAccess({ book, key: Buffer.alloc(32), now: Date.now }),
    config,
    log: createLogger('silent'),
  })
  url = await http.listen({ host: '127.0.0.1', port: 0 })
})

afterAll(async () => {
  await http.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const range = { from: '2026-10-20', to: '2026-11-01' }
const byContent = { ...range, metrics: ['mediaStarts', 'adStarts'], dimensions: ['contentId'] }
const asked: readonly (readonly [string, object | undefined])[] = [
  ['query', byContent],
  ['query', { ...byContent, format: 'csv' }],
  ['panels/concurrent', range],
  ['panels/retention', { ...range, contentId: 'anything' }],
  ['sessions', undefined],
  [`sessions/${sid}`, undefined],
  ['diagnostics', undefined],
  ['custom-metadata', undefined],
  ['refusals', undefined],
]

const ask = (path: string, body: object | undefined) =>
  fetch(`${url}/reporting/v1/${path}`, body && { method: 'POST', body: JSON.stringify(body) })

test('within them there is an answer', async () => {
  bound = 'max_rows_to_read = 1000000'
  for (const [path, body] of asked) expect([path, (await ask(path, body)).status]).toEqual([path, 200])
})

test.each([
  ['memory', 'max_memory_usage = 1000, max_untracked_memory = 1', ProblemCode.reportTooLarge, 413],
  ['rows that are read', 'max_rows_to_read = 1', ProblemCode.reportTooLarge, 413],
  ['bytes of the answer', 'max_result_bytes = 1', ProblemCode.reportTooLarge, 413],
  [
    'start',
    'max_execution_time = 0.000001, max_block_size = 1, max_threads = 1',
    ProblemCode.reportTimeout,
    503,
  ],
])('at the bound of %s each report is refused, and says so', async (_what, settings, code, status) => {
  bound = settings
  for (const [path, body] of asked) {
    const response = await ask(path, body)
    const text = await response.text()
    expect([path, response.status, text]).toEqual([path, status, expect.stringContaining(code)])
    const { message, errors } = JSON.parse(text) as { message: string; errors: { hint: string }[] }
    expect([message.length > 20, errors.length, (errors[0]?.hint ?? '').length > 20]).toEqual([true, 1, true])
    expect(response.headers.get('retry-after')).toBe(status === 503 ? '1' : null)
  }
})

test('the bounds that are documented are in force', async () => {
  const names = ['max_execution_time', 'max_memory_usage', 'max_result_bytes', 'readonly']
  const columns = names.map((name) => `toInt64(getSetting('${name}')) AS ${name}`)
  const [inForce] = await store.query(`SELECT ${columns.join(', ')}`)
  // A minute, a gibibyte, a quarter of it, and nothing is written.
  expect(inForce).toEqual({
    max_execution_time: 60,
    max_memory_usage: 2 ** 30,
    max_result_bytes: 2 ** 28,
    readonly: 2,
  })
  const reader = refusingAtBounds(store)
  const tooMuch = { problem: { code: ProblemCode.reportTooLarge } }
  await expect(reader.query("SELECT repeat('x', 1000000) AS text FROM numbers(300)")).rejects.toMatchObject(
    tooMuch,
  )
  await expect(
    reader.query('SELECT length(groupArray(number)) AS numbers FROM numbers(200000000)'),
  ).rejects.toMatchObject(tooMuch)
  expect(await store.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
})
