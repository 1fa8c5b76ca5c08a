/**
 * How long a built server takes from its start to the first 201, and what it holds in memory when it idles, without
 * the ClickHouse child. Prints figures and judges nothing: machines differ.
 *
 *   npm run bench:start
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const runs = 5
/** Long enough for the store to be ready and the heap to settle. */
const idleMs = 10_000

const body = JSON.stringify({
  eventType: 'sessionStart',
  playerTime: { playhead: 0, ts: Date.now() },
  params: {
    'analytics.trackingServer': 'example.com',
    'analytics.reportSuite': 'bench',
    'visitor.marketingCloudOrgId': 'bench@AdobeOrg',
    'media.id': 'bench',
    'media.length': 60,
    'media.contentType': 'vod',
    'media.playerName': 'bench',
    'media.channel': 'bench',
  },
})

const starts: number[] = []
let residentMb = 0
for (let run = 1; run <= runs; run += 1) {
  const dataDir = await mkdtemp(join(tmpdir(), 'playhead-bench-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const before = performance.now()
  const child = spawn('npm', ['start'], {
    env: {
      ...process.env,
      PLAYHEAD_DATA_DIR: dataDir,
      PLAYHEAD_PORT: String(port),
      PLAYHEAD_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
  })
  while (!(await isOpened(port))) await wait(5)
  starts.push(performance.now() - before)
  if (run === runs) {
    await wait(idleMs)
    residentMb = await residentOf(dataDir)
  }
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  await once(child, 'exit')
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
starts.sort((a, b) => a - b)
const [fastest = 0, median = 0, slowest = 0] = [starts[0], starts[Math.floor(runs / 2)], starts.at(-1)]
console.log(
  `npm start to first 201, ${runs} runs, ms: min ${fastest.toFixed(0)}, median ${median.toFixed(0)}, max ${slowest.toFixed(0)}`,
)
console.log(`resident when idle, without the ClickHouse child, MB: ${residentMb.toFixed(0)}`)

async function isOpened(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/sessions`, { method: 'POST', body }).catch(
    () => undefined,
  )
  return answer?.status === 201
}

async function residentOf(dataDir: string): Promise<number> {
  const [pid] = (await readFile(join(dataDir, 'playhead.pid'), 'utf8')).split(' ')
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
