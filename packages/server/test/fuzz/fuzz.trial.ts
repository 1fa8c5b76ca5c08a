import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { describeMachine } from '../../../../crash-tests/machine.ts'
import { writeRows } from '../../../../crash-tests/reliabilityPage.ts'
import { createRandom } from '@playhead/testing/simulator/random.ts'
import { openStore } from '../../dist/clickhouse/openStore.js'
import { startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { fuzz } from './fuzzClient.ts'
import { type FuzzFigures, fuzzRows, fuzzTable } from './fuzzTable.ts'
import { Ledger } from './Ledger.ts'

/** Requests of all policies together; `npm run test:fuzz` asks for a million. */
const requestsMax = Number(process.env['FUZZ_REQUESTS'] ?? 20_000)
const seed = process.env['FUZZ_SEED'] ?? '2026'
const policies = ['documented', 'strict', 'lenient'] as const
const clients = 32
/** So many are the full run, whose figures docs/reliability.md shows. */
const fullRun = 1_000_000
const timeoutMs = 120_000 + requestsMax * 3

const figures = new Map<string, FuzzFigures>()
const startedAtMs = performance.now()
afterAll(() => {
  if (requestsMax < fullRun || figures.size < policies.length) return
  const minutes = Math.round((performance.now() - startedAtMs) / 60_000)
  const run = `${new Date().toISOString().slice(0, 10)}, seed ${seed}, ${minutes} min`
  writeRows(fuzzTable(policies), fuzzRows(figures, run), describeMachine())
})

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const undo of cleanUps.splice(0).toReversed()) await undo()
})

describe(`${requestsMax} requests that no client should send, seed ${seed}`, () => {
  test.each(policies)(
    'under the policy %s: all answered, none in error',
    { timeout: timeoutMs },
    async (policy) => {
      const folder = await temporaryDataDir()
      cleanUps.push(folder.remove)
      const server = await startServer(folder.path, {
        PLAYHEAD_VALIDATION: policy,
        PLAYHEAD_BASE_PATH: '/va',
        PLAYHEAD_CLIENT_RATE_MAX_PER_S: '0',
        PLAYHEAD_CLIENT_RATE_MAX_BYTES_PER_S: '0',
        PLAYHEAD_SUITE_RATE_MAX_PER_S: '0',
      })
      cleanUps.push(() => server.crash())
      await until('the store', async () => (await healthOf(server.url)).store === 'ready')

      const ledger = new Ledger()
      const startedAt = performance.now()
      const share = Math.ceil(requestsMax / policies.length / clients)
      await Promise.all(
        Array.from({ length: clients }, (_, nth) =>
          fuzz(Number(new URL(server.url).port), createRandom(`${seed}/${policy}/${nth}`), share, ledger),
        ),
      )
      const seconds = (performance.now() - startedAt) / 1000

      expect(ledger.wrongs).toEqual([])
      expect(server.process.exitCode).toBeNull()
      // All sorts came through, and all sorts did not.
      expect(ledger.taken.size).toBeGreaterThan(ledger.requests / 50)
      await untilStored(server.url)
      expect(await server.stop()).toBe(0)

      const store = openStore({ dataDir: folder.path, onEvent: () => {} })
      cleanUps.push(() => store.close())
      await store.whenReady()
      const rows = await store.query<{ sid: string; events: number }>(
        'SELECT sid, toUInt32(count()) AS events FROM events FINAL GROUP BY sid',
      )
      const stored = new Map(rows.map(({ sid, events }) => [sid, events]))
      const differing = [...new Set([...stored.keys(), ...ledger.taken.keys()])].filter(
        (sid) => stored.get(sid) !== ledger.taken.get(sid),
      )
      expect(differing.map((sid) => [sid, ledger.taken.get(sid), stored.get(sid)])).toEqual([])
      report(policy, ledger, seconds)
      figures.set(policy, {
        requests: ledger.requests,
        answers: ledger.answers,
        wrongs: ledger.wrongs.length,
        eventsTaken: ledger.eventsTaken,
        eventsStored: rows.reduce((sum, { events }) => sum + events, 0),
        differing: differing.length,
      })
    },
  )
})

interface Health {
  readonly store: string
  readonly storeLagRecords: number
}

async function healthOf(url: string): Promise<Health> {
  return (await (await fetch(`${url}/readyz`)).json()) as Health
}

/** What a long run leaves takes the store minutes; it must go on, but for the clock of the last second. */
async function untilStored(url: string): Promise<void> {
  let { storeLagRecords: lag } = await healthOf(url)
  while (lag > 1) {
    lag = await until('the store to go on', async () => {
      const now = (await healthOf(url)).storeLagRecords
      return now < lag && now
    })
  }
}

/** All figures, of which `docs/reliability.md` has those of a full run. */
function report(policy: string, ledger: Ledger, seconds: number): void {
  const { requests, eventsTaken, taken, answers } = ledger
  const counts = [...answers]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name}: ${count}`)
  process.stdout.write(
    `fuzz ${policy}, seed ${seed}: ${requests} requests in ${seconds.toFixed(0)} s; ${eventsTaken} events in ${taken.size} sessions taken and stored\n  ${counts.join(', ')}\n`,
  )
}
