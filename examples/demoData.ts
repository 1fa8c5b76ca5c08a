/**
 * Fill a data folder with thirty days of believable viewing, so that every page of the dashboard has something to show.
 * It is a folder of its own, and says how a server is started in it.
 *
 *   npm run demo:data [-- DAYS [VIEWINGS_A_DAY]]      default: 30 days of 100 viewings, into PLAYHEAD_DATA_DIR (./demo-data)
 *
 * A viewing that somebody goes on with later is a session more: there are some 15 to 20 in a hundred more than viewings.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { progressOf } from 'playhead/dist/commands/progress.js'
import { readConfig } from 'playhead/dist/config.js'
import { fill, type Filled } from '@playhead/testing/simulator/fill.ts'
import { simulateFleet } from '@playhead/testing/simulator/fleet.ts'

const dayMs = 86_400_000
/** The last simulated viewer is gone by now: nobody is left watching for ever. */
const quietMs = 6 * 3_600_000

const [days = 30, viewingsADay = 100, ...others] = process.argv.slice(2).map(Number)
try {
  if (others.length > 0 || !(days >= 1 && days <= 400) || !(viewingsADay >= 1 && viewingsADay <= 100_000))
    throw new Error('at most two numbers: days from 1 to 400, viewings a day from 1 to 100000')
  const env = { PLAYHEAD_DATA_DIR: './demo-data', ...process.env }
  const { dataDir } = readConfig(env)
  if (existsSync(join(dataDir, 'clickhouse')))
    throw new Error(
      `there are sessions in ${dataDir} already, which these would mix with: set PLAYHEAD_DATA_DIR to a new folder`,
    )
  const startMs = Date.now() - quietMs - days * dayMs
  const viewings = Math.round(days * viewingsADay)
  const arrivals = simulateFleet({ seed: 'demo', sessions: viewings, days, startMs })
  const beganMs = performance.now()
  const progress = progressOf('demo:data')
  const tell = ({ sessions: soFar, atMs }: Filled): void =>
    progress.tell(atMs - startMs, days * dayMs, () => `${soFar} sessions`)
  const { sessions, events } = await fill(arrivals, tell, env).finally(() => progress.end())
  const seconds = Math.round((performance.now() - beganMs) / 1000)
  process.stdout.write(
    `${sessions} sessions of ${events} events in ${seconds} s: ${viewings} viewings, and ${sessions - viewings} times one was gone on with later.\nTo look at them, with no other server running: PLAYHEAD_DATA_DIR=${env.PLAYHEAD_DATA_DIR} npm start\n`,
  )
} catch (error) {
  process.stderr.write(`demo:data: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
