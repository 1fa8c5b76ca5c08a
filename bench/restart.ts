/**
 * How long a server with many open sessions takes to come back: after kill -9 with nothing but the journal, after an
 * orderly stop, and after kill -9 with a checkpoint. Prints figures and judges nothing: machines differ.
 *
 *   npm run bench:restart [-- sessions]
 *
 * CPU is that of the server's own process, all its threads, without the ClickHouse child.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eventBody } from '@playhead/testing/player.ts'
import { writeOpenSessions } from './openSessions.ts'

const sessions = Number(process.argv[2] ?? 100_000)
const main = new URL('../packages/server/dist/main.js', import.meta.url).pathname
const dataDir = await mkdtemp(join(tmpdir(), 'playhead-bench-'))
const checkpoint = join(dataDir, 'checkpoint.json')
const port = await freePort()
const url = `http://127.0.0.1:${port}`

try {
  const began = performance.now()
  const sid = await writeOpenSessions(dataDir, sessions)
  print(`${sessions} open sessions in the journal`, { 'written in': seconds(performance.now() - began) })

  let server = await start('kill -9 before the first checkpoint', sid)
  await until(async () => (await readyz()).storeLagRecords === 0)
  print('  all of it stored', await usage(server))
  const checkpointing = longestAnswerMs(async () => {
    await ping(sid)
    await until(async () => (await stat(checkpoint).catch(() => undefined)) !== undefined)
  })
  print('  first checkpoint', { 'longest answer meanwhile': seconds(await checkpointing) })
  const size = (await stat(checkpoint)).size
  print('  its size', { MB: (size / 1e6).toFixed(0), 'bytes a session': (size / sessions).toFixed(0) })

  const idle = longestAnswerMs(() => wait(5000))
  print('  idle for 5 s', { 'longest answer': seconds(await idle), ...(await usage(server)) })

  const stopping = performance.now()
  server.kill('SIGTERM')
  await once(server, 'exit')
  print('SIGTERM', { 'stopped in': seconds(performance.now() - stopping), code: server.exitCode })

  server = await start('an orderly stop', sid)
  await until(async () => (await readyz()).storeLagRecords === 0)
  server.kill('SIGKILL')
  await once(server, 'exit')

  server = await start('kill -9 with a checkpoint', sid)
  server.kill('SIGKILL')
  await once(server, 'exit')
} finally {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

/** Start the server, and say when it was ready and when it took an event of a session that was open before. */
async function start(after: string, sid: string): Promise<ChildProcess> {
  const before = performance.now()
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      PLAYHEAD_DATA_DIR: dataDir,
      PLAYHEAD_PORT: String(port),
      PLAYHEAD_LOG_LEVEL: 'warn',
      PLAYHEAD_CHECKPOINT_INTERVAL_S: '10',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await until(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200, 5)
  const readyMs = performance.now() - before
  const status = await ping(sid)
  const takenMs = performance.now() - before
  const { openSessions } = await readyz()
  print(`start after ${after}`, {
    ready: seconds(readyMs),
    [`first ${status}`]: seconds(takenMs),
    open: openSessions,
    ...(await usage(child)),
  })
  return child
}

async function ping(sid: string): Promise<number> {
  const body = JSON.stringify(eventBody('ping', Date.now(), 30))
  const answer = await fetch(`${url}/api/v1/sessions/${sid}/events`, { method: 'POST', body })
  return answer.status
}

async function readyz(): Promise<{ readonly openSessions: number; readonly storeLagRecords: number }> {
  const answer = await fetch(`${url}/readyz`)
  return (await answer.json()) as Awaited<ReturnType<typeof readyz>>
}

/** The longest that `/healthz` took to answer while something happened. */
async function longestAnswerMs(meanwhile: () => Promise<unknown>): Promise<number> {
  const over = new AbortController()
  const happening = meanwhile().finally(() => over.abort())
  let longestMs = 0
  while (!over.signal.aborted) {
    const before = performance.now()
    await fetch(`${url}/healthz`).then((answer) => answer.text())
    longestMs = Math.max(longestMs, performance.now() - before)
    await wait(5)
  }
  await happening
  return longestMs
}

/** What a process has used so far. */
async function usage({ pid }: ChildProcess): Promise<Readonly<Record<string, string>>> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  const cpuS = (Number(fields[11]) + Number(fields[12])) / 100
  const [, peakKb = ''] = /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  const [, nowKb = ''] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return {
    CPU: `${cpuS.toFixed(1)} s`,
    'resident MB': (Number(nowKb) / 1024).toFixed(0),
    peak: (Number(peakKb) / 1024).toFixed(0),
  }
}

async function until(isSo: () => Promise<boolean>, pauseMs = 100): Promise<void> {
  while (!(await isSo())) await wait(pauseMs)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

function print(what: string, figures: Readonly<Record<string, unknown>>): void {
  const text = Object.entries(figures).map(([name, value]) => `${name} ${String(value)}`)
  console.log(`${what}: ${text.join(', ')}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
