import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { eventually } from './eventually.ts'
import type { Greed } from './greedyClient.ts'
import { Host, quickSettings } from './host.ts'
import { measure, percentile99 } from './latency.ts'
import type { Ledger } from './ledger.ts'
import { uneven } from './pace.ts'
import { freeze, signalTo } from './processes.ts'
import { playOut } from './scenario.ts'
import type { Trial } from './trial.ts'

/** Far below what one client can send even to a busy machine, and above what the players send together. */
const clientRate = 100
const players = 4
const paceMs = 100
/** How long the players are alone, and then not, milliseconds: in turns, so that what the machine does besides evens out. */
const turnMs = 3000
/** The players' p99 beside a greedy client, against theirs alone; judged over enough turns only. */
const slowdownMax = 2
const turnsToJudge = 5

/** A client that sends all it can from one address, and players from another. */
export const greedyNeighbour: Trial = {
  id: 'greedy-neighbour',
  name: `a client that sends all it can, where ${clientRate} requests a second are allowed, beside players`,
  full: 10,
  short: 1,
  unit: 'turns of 3 s',
  async run({ count, random }) {
    const folder = await temporaryDataDir()
    const host = new Host(folder.path, {
      ...quickSettings,
      PLAYHEAD_CLIENT_RATE_MAX_PER_S: String(clientRate),
    })
    return playOut({
      host,
      random,
      players,
      pace: uneven(random.fork('pace'), paceMs),
      cleanUp: () => folder.remove(),
      async happen(ledger, wrong) {
        const greedy = await startGreedy((await host.server()).url)
        const [alone, beside]: [number[], number[]] = [[], []]
        for (let turn = 0; turn < count; turn += 1) {
          await freeze(greedy.pid)
          alone.push(...(await measure(host.line, turnMs)))
          signalTo(greedy.pid, 'SIGCONT')
          beside.push(...(await measure(host.line, turnMs)))
        }
        const greed = await greedy.end()
        enter(greed, ledger)
        const [p99Alone, p99Beside] = [percentile99(alone), percentile99(beside)]
        const { 204: taken = [], 429: refused = [] } = greed.tsByStatus
        if (refused.length === 0) wrong.push('the greedy client was never answered 429')
        if (ledger.unavailable > 0) wrong.push(`${ledger.unavailable} events of players got 503`)
        if (count >= turnsToJudge && p99Beside > slowdownMax * p99Alone)
          wrong.push('players were slowed down')
        return `${refused.length} of its requests got 429, ${taken.length} were taken; p99 of players ${p99Alone.toFixed(1)} ms alone, ${p99Beside.toFixed(1)} ms beside it`
      },
    })
  },
}

async function startGreedy(url: string): Promise<{ readonly pid: number; end(): Promise<Greed> }> {
  const script = fileURLToPath(new URL('greedyClient.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  await eventually('the greedy client to start', async () => out.startsWith('started\n'))
  return {
    pid: child.pid ?? 0,
    async end() {
      child.kill('SIGTERM')
      await once(child, 'close')
      return JSON.parse(out.slice(out.indexOf('\n') + 1)) as Greed
    },
  }
}

/** What it was acknowledged has to be there as well. */
function enter({ sid, startTs, tsByStatus }: Greed, ledger: Ledger): void {
  const session = ledger.open(sid, startTs)
  for (const [status, list] of Object.entries(tsByStatus)) {
    for (const ts of list) {
      if (status === '204') session.acknowledged.add(ts)
      else if (status === '0') session.unanswered.add(ts)
      else if (status !== '429') ledger.unexpected.push(`the greedy client got ${status}`)
    }
  }
}
