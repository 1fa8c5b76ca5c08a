import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../dist/clickhouse/openStore.js'
import type { Store, StoreEvent } from '../dist/clickhouse/store.js'

// The real engine in its real process, on a folder of each test's own.

let dataDir: string
let store: Store
let events: StoreEvent[]

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-store-'))
  reopen()
})

afterEach(async () => {
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

function reopen(): void {
  events = []
  store = openStore({ dataDir, onEvent: (happened) => events.push(happened) })
}

test('who may see some report suites finds the rows of no other, however they are asked for', async () => {
  await store.whenReady()
  const odd = "q'\\\\z"
  const suites = { a: 'x', b: 'y', c: 'x, y', d: odd, e: null }
  const rows = Object.entries(suites).map(([sid, suite]) => ({ sid, report_suite: suite }))
  await store.insert('sessions', rows, 'sessions')
  await store.insert('ads', rows, 'ads')
  const everything = `
    SELECT sid FROM sessions UNION ALL SELECT sid FROM ads AS x FINAL WHERE 1 OR report_suite = 'y'
    UNION ALL SELECT sid FROM (SELECT * FROM sessions AS ads) WHERE sid IN (SELECT sid FROM ads)`
  const seen = async (...those: string[]) => {
    const found = await store.seenBy(those).query<{ sid: string }>(everything)
    return found
      .map(({ sid }) => sid)
      .toSorted()
      .join('')
  }
  expect(await seen('x')).toEqual('aaaccc')
  expect(await seen('y', odd)).toEqual('bbbcccddd')
  expect(await seen('z', "x'] OR 1 OR ['")).toEqual('')
  expect(await seen()).toEqual('')
  const exported = await store.seenBy(['x']).export('SELECT sid FROM sessions', {}, 'csv')
  expect(Buffer.concat(await exported.toArray()).toString()).toBe('"sid"\n"a"\n"c"\n')
  expect(await store.query(everything)).toHaveLength(15)
})

test('who may see some report suites finds refusals of theirs alone', async () => {
  await store.whenReady()
  await store.insert(
    'sessions',
    [
      { sid: 'a', report_suite: 'x' },
      { sid: 'b', report_suite: 'y' },
    ],
    'sessions',
  )
  const startOf = (suite: string) => ({ params: { 'analytics.reportSuite': suite } })
  const bodies = [
    ...['a', 'b', 'unknown'].map((sid) => ({ sid, body: JSON.stringify(startOf('x')) })),
    ...[
      startOf('x'),
      startOf('y'),
      [startOf('y, x'), startOf('y')],
      [startOf('y'), startOf('x')],
      'x',
      [],
      {},
    ].map((body) => ({ sid: '', body: JSON.stringify(body) })),
    { sid: '', body: JSON.stringify(startOf('x')).slice(0, -1) },
  ]
  const rows = bodies.map((refusal, ordinal) => ({ ...refusal, at: Date.now(), ordinal }))
  await store.insert('refusals', rows, 'refusals')
  const refused = 'SELECT ordinal FROM refusals ORDER BY ordinal'
  expect(await store.seenBy(['x']).query(refused)).toEqual([{ ordinal: 0 }, { ordinal: 3 }, { ordinal: 5 }])
  expect(await store.query(refused)).toHaveLength(rows.length)
})

test('a report may use several cores though the engine has little memory', async () => {
  await store.whenReady()
  const [setting] = await store.query<{ bytes: number }>(
    "SELECT toUInt64(getSetting('max_threads_min_free_memory_per_thread')) AS bytes",
  )
  // What the engine may take, two gibibytes or less, is enough for two even when half of it is in use.
  expect(setting?.bytes).toBeLessThanOrEqual(2 ** 29)
})

describe('opening', () => {
  test('returns at once, then migrates, once and for all', async () => {
    expect(store.status).toEqual({ state: 'starting' })
    await store.whenReady()
    expect(store.status).toEqual({ state: 'ready' })
    expect(migrated()).toContain('0001_events.sql')

    await store.close()
    reopen()
    await store.whenReady()
    expect(migrated()).toEqual([])
  })

  test('a store of a newer version is refused', async () => {
    await store.whenReady()
    await store.close()
    await sql("INSERT INTO migrations (name) VALUES ('9999_later.sql')")
    reopen()
    await until(() => store.status.state === 'down')
    expect(store.status.detail).toMatch('9999_later.sql')
    await expect(count()).rejects.toMatchObject({ name: 'StoreUnavailable' })
  })

  test('a folder that is in use is refused, and taken as soon as it is free', async () => {
    await store.whenReady()
    const second = openStore({ dataDir })
    await sleep(500)
    expect(second.status.state).toBe('starting')
    await store.close()
    await second.whenReady()
    await second.close()
  })

  test('a part that the engine cannot load is told of, not passed over', async () => {
    await store.whenReady()
    await store.insert('events', [event({ seq: 1 })], '1')
    await store.insert('events', [event({ seq: 2 })], '2')
    const [part] = await store.query<{ path: string }>(
      "SELECT path FROM system.parts WHERE active AND database = currentDatabase() AND table = 'events' LIMIT 1",
    )
    await store.close()
    await writeFile(join(part?.path ?? '', 'checksums.txt'), 'nonsense')
    reopen()
    await store.whenReady()
    const detail = 'pieces of tables are broken and set aside, their rows are missing: 1 of events'
    expect(store.status).toEqual({ state: 'ready', detail })
    expect(events).toContainEqual({ kind: 'damaged', detail })
    expect(await count()).toBe(1)
  })

  test('waiting for it ends with the signal, and with the store', async () => {
    await expect(store.whenReady(AbortSignal.timeout(1))).rejects.toThrow('aborted')
    const waiting = store.whenReady()
    await Promise.all([store.close(), expect(waiting).rejects.toThrow('aborted')])
    expect(store.status).toEqual({ state: 'down', detail: 'closed' })
    await expect(count()).rejects.toMatchObject({ name: 'StoreUnavailable' })
  })

  test('what is durable survives a reopen: the tables keep their settings', async () => {
    await store.whenReady()
    await store.close()
    reopen()
    await store.whenReady()
    const tables = await store.query<{ create_table_query: string }>(
      "SELECT create_table_query FROM system.tables WHERE database = currentDatabase() AND name != 'migrations'",
    )
    expect(tables).toHaveLength(6)
    for (const { create_table_query: definition } of tables) {
      expect(definition).toMatch(/ReplacingMergeTree/)
      expect(definition).toMatch('fsync_after_insert = 1, fsync_part_directory = 1')
      expect(definition).toMatch('min_rows_to_fsync_after_merge = 1')
    }
  })
})

describe('rows', () => {
  const nasty = [
    '',
    'Ünïcödé 😀 \u2028\u2029 \ufeff',
    `'single' "double" \`back\` \\ \\' \\N`,
    Array.from({ length: 0x20 }, (_, code) => String.fromCodePoint(code)).join(''),
    '\0 in the \0 middle\0',
    '{braces:String} {{}} {x:',
    "'; DROP TABLE events; --",
    ';\n;SELECT 1;',
  ]

  test('come back as they went in, through columns and through parameters', async () => {
    await store.whenReady()
    await store.insert(
      'events',
      nasty.map((body, seq) => event({ seq, body })),
      'nasty',
    )
    const rows = await store.query<{ body: string }>('SELECT body FROM events ORDER BY seq')
    expect(rows.map(({ body }) => body)).toEqual(nasty)
    for (const [seq, body] of nasty.entries()) {
      const found = await store.query('SELECT seq FROM events WHERE body = {body:String}', { body })
      expect(found).toEqual([{ seq }])
    }
    expect(await store.query('SELECT {list:Array(String)} AS list', { list: nasty })).toEqual([
      { list: nasty },
    ])
    expect(await count()).toBe(nasty.length)
  })

  test('half a character, which JSON can carry and UTF-8 cannot, does not stop an insert', async () => {
    await store.whenReady()
    await store.insert(
      'events',
      [event({ seq: 1, body: 'a\ud83d' }), event({ seq: 2, body: '\ude00b' })],
      'halves',
    )
    expect(await count()).toBe(2)
  })

  test('types: milliseconds for times, numbers for 64 bits, null for what is absent', async () => {
    await store.whenReady()
    const startedAt = Date.UTC(2024, 0, 31, 23, 59, 59, 123)
    await store.insert('sessions', [session({ started_at: startedAt, content_id: '', season: null })], 's')
    const [row] = await store.query(
      `SELECT started_at, toUnixTimestamp64Milli(started_at) AS ms, version, content_id, season, episode, status,
        states, custom_metadata, content_starts, visitor, genre_list, content_segment FROM sessions`,
    )
    expect(row).toEqual({
      started_at: '2024-01-31 23:59:59.123',
      ms: startedAt,
      version: 2 ** 53 - 1,
      content_id: '',
      season: null,
      episode: null,
      status: 'open',
      states: [{ name: 'mute', count: 2, time_ms: 5000 }],
      custom_metadata: { key: "va'lue" },
      content_starts: true,
      visitor: sid,
      genre_list: ['Drama', 'Crime'],
      content_segment: null,
    })
    expect(
      await store.query(
        'SELECT {a:UInt64} a, {b:Bool} b, {c:Nullable(Int8)} c, {d:Array(UInt8)} d, {e:Float64} e',
        { a: 2n ** 53n - 1n, b: true, c: null, d: [1, 2], e: -0.5 },
      ),
    ).toEqual([{ a: 2 ** 53 - 1, b: true, c: null, d: [1, 2], e: -0.5 }])
  })

  test('that do not fit the table are refused with the reason, and nothing of them is kept', async () => {
    await store.whenReady()
    const misfit = (row: object) => store.insert('events', [event({ seq: 1 }), row], 'misfits 1-2')
    await expect(misfit({ ...event({ seq: 2 }), colour: 'red' })).rejects.toMatchObject({ code: '117' })
    await expect(misfit({ ...event({ seq: 2 }), seq: 'two' })).rejects.toThrow('misfits 1-2 into events')
    await expect(misfit({ ...event({ seq: 2 }), body: null })).rejects.toThrow('misfits 1-2 into events')
    expect(await count()).toBe(0)
    await store.insert('events', [], 'none')
    await store.insert('events', [event({ seq: 1 })], 'fits')
    expect(await count()).toBe(1)
  })

  test('20,000 of 500 bytes', async () => {
    await store.whenReady()
    const rows = Array.from({ length: 20_000 }, (_, seq) =>
      event({ seq, body: `${Math.sin(seq)}`.padEnd(500, 'x') }),
    )
    const beganMs = performance.now()
    await store.insert('events', rows, 'many')
    console.log(`20,000 rows of 500 bytes in ${Math.round(performance.now() - beganMs)} ms`)
    expect(await count()).toBe(20_000)
    expect(await store.query('SELECT * FROM events ORDER BY seq')).toHaveLength(20_000)
  })
})

describe('the same rows again', () => {
  const rows = [event({ seq: 1 }), event({ seq: 2 })]

  test('change nothing, at once, after a reopen and after a crash', async () => {
    await store.whenReady()
    await store.insert('events', rows, '1-2')
    await store.insert('events', rows, '1-2')
    expect(await count()).toBe(2)
    await store.close()
    reopen()
    await store.whenReady()
    await store.insert('events', rows, '1-2')
    expect(await count()).toBe(2)
    await killEngine()
    await store.whenReady()
    await store.insert('events', rows, '1-2')
    expect(await count()).toBe(2)
  })

  test('change nothing when they come in other batches', async () => {
    await store.whenReady()
    await store.insert('events', rows, '1-2')
    await store.insert('events', [...rows.slice(1), event({ seq: 3 })], '2-3')
    expect(await count()).toBe(3)
  })

  test('one batch name serves several tables', async () => {
    await store.whenReady()
    await store.insert('events', rows, '1-2')
    await store.insert('sessions', [session({})], '1-2')
    await store.insert(
      'diagnostics',
      [{ sid, seq: 1, received_at: 0, code: 'x', pointer: '', message: '' }],
      '1-2',
    )
    expect([await count(), await count('sessions'), await count('diagnostics')]).toEqual([2, 1, 1])
  })

  test('a newer version of a session replaces the older one, whichever comes first', async () => {
    await store.whenReady()
    await store.insert('sessions', [session({ version: 5, status: 'closed' })], '5')
    await store.insert('sessions', [session({ version: 4, status: 'open' })], '4')
    expect(await store.query('SELECT status, version FROM sessions')).toEqual([
      { status: 'closed', version: 5 },
    ])
  })
})

describe('failures', () => {
  test('a killed engine comes back; an insert that was refused meanwhile is repeated and there once', async () => {
    await store.whenReady()
    const rows = Array.from({ length: 5000 }, (_, seq) => event({ seq, body: 'x'.repeat(500) }))
    for (let round = 0; round < 5; round++) {
      const inserting = store.insert('events', rows, 'round')
      const outcome = inserting.then(
        () => 'stored',
        (error: unknown) => error,
      )
      await sleep(round * 15)
      await killEngine()
      const end = await outcome
      if (end !== 'stored') expect(end).toMatchObject({ name: 'StoreUnavailable' })
    }
    await expect(count()).rejects.toMatchObject({ name: 'StoreUnavailable' })
    expect(store.status.detail).toMatch('SIGKILL')
    await store.whenReady()
    await store.insert('events', rows, 'round')
    expect(await count()).toBe(5000)
  })

  test("a wrong query is refused with ClickHouse's code; the store stays up", async () => {
    await store.whenReady()
    await expect(store.query('SELEC 1')).rejects.toMatchObject({ code: '62', type: 'SYNTAX_ERROR' })
    await expect(store.query('SELECT nope FROM events')).rejects.toMatchObject({ code: '47' })
    await expect(store.query('SELECT {missing:String}')).rejects.toMatchObject({ code: '456' })
    await expect(store.query('SELECT {n:UInt8} AS n', { n: 'x' })).rejects.toMatchObject({ code: '457' })
    await expect(store.query('SELECT {d:String}', { d: new Date() })).rejects.toThrow(TypeError)
    await expect(store.query('SELECT {missing:String}')).rejects.toMatchObject({ code: '456' })
    expect(store.status.state).toBe('ready')
    expect(events.map(({ kind }) => kind)).not.toContain('down')
  })

  test('a query cannot write', async () => {
    await store.whenReady()
    await expect(store.query('DROP TABLE events')).rejects.toMatchObject({ code: '164' })
    await expect(store.query("INSERT INTO events (sid) SELECT 'x'")).rejects.toMatchObject({ code: '164' })
    expect(await count()).toBe(0)
  })

  test('a heavy query holds up neither inserts nor other queries', async () => {
    await store.whenReady()
    const heavy = store.query(
      'SELECT count() AS c FROM numbers(10000000000000) WHERE sipHash64(number) = {n:UInt64} SETTINGS max_execution_time = 600',
      { n: 1 },
    )
    let isOver = false
    const over = heavy.then(
      () => (isOver = true),
      () => (isOver = true),
    )
    for (let seq = 0; seq < 10; seq++) {
      await store.insert('events', [event({ seq })], `${seq}`)
      expect(await store.query('SELECT seq FROM events WHERE seq = {seq:UInt64}', { seq })).toEqual([{ seq }])
    }
    expect(isOver).toBe(false)
    await store.close()
    await over
  })

  test('many queries at once, while inserting, keep their parameters apart', async () => {
    await store.whenReady()
    const inserts = Array.from({ length: 20 }, (_, seq) => store.insert('events', [event({ seq })], `${seq}`))
    const queries = Array.from({ length: 200 }, async (_, n) => {
      expect(await store.query('SELECT {n:UInt32} AS n, {s:String} AS s', { n, s: `'${n}` })).toEqual([
        { n, s: `'${n}` },
      ])
    })
    await Promise.all([...inserts, ...queries])
    expect(await count()).toBe(20)
  })

  test('a killed server leaves no engine behind, and its folder opens', async () => {
    await store.close()
    const holder = fileURLToPath(new URL('storeHolder.ts', import.meta.url))
    const server = fork(holder, [dataDir], { execArgv: ['--import', 'tsx'] })
    await once(server, 'message')
    const enginePid = await enginePidOf(server.pid ?? 0)
    expect(isAlive(enginePid)).toBe(true)
    server.kill('SIGKILL')
    await once(server, 'exit')
    reopen()
    await store.whenReady()
    expect(await count()).toBe(1)
    await until(() => !isAlive(enginePid))
  })
})

const sid = '018f00000000'.padEnd(64, 'ab')

function event(changes: { seq: number; body?: string }): object {
  return {
    sid,
    received_at: 1_700_000_000_000,
    ts: 1_700_000_000_000,
    event_type: 'ping',
    playhead: 1.5,
    body: '{}',
    ...changes,
  }
}

function session(changes: object): object {
  return {
    sid,
    version: Number.MAX_SAFE_INTEGER,
    rules_version: 1,
    status: 'open',
    started_at: 1_700_000_000_000,
    last_event_at: 1_700_000_000_000,
    first_ts: 1_700_000_000_000,
    content_starts: true,
    visitor: sid,
    genre_list: ['Drama', 'Crime'],
    states: [{ name: 'mute', count: 2, time_ms: 5000 }],
    custom_metadata: { key: "va'lue" },
    ...changes,
  }
}

async function count(table = 'events'): Promise<number> {
  const [row] = await store.query<{ rows: number }>(`SELECT count() AS rows FROM ${table}`)
  return row?.rows ?? 0
}

function migrated(): string[] {
  return events.flatMap((each) => (each.kind === 'migrated' ? [each.migration] : []))
}

/** Kill the engine's process the hard way, and see the store warning. */
async function killEngine(): Promise<void> {
  await store.whenReady()
  process.kill(await enginePidOf(process.pid), 'SIGKILL')
  await until(() => store.status.state === 'down')
}

/** The child of a server's process that runs the engine on this test's folder. */
async function enginePidOf(server: number): Promise<number> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(server), '-f', dataDir])
  return Number(stdout)
}

async function sql(statement: string): Promise<void> {
  const { EmbeddedProcess } = await import('../dist/clickhouse/embeddedProcess.js')
  const engine = new EmbeddedProcess(join(dataDir, 'clickhouse'), () => {})
  await engine.opened
  await engine.run({ lane: 'write', set: '', sql: statement })
  await engine.close()
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
