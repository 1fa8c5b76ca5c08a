import type { Random } from '@playhead/testing/simulator/random.ts'
import { audit } from './audit.ts'
import { createCrowd } from './crowd.ts'
import type { Host } from './host.ts'
import type { Ledger } from './ledger.ts'
import { type Pace, uneven } from './pace.ts'
import { addUp, type Outcome } from './trial.ts'

/** A server under load, to which something happens. */
export interface Scenario {
  readonly host: Host
  readonly random: Random
  readonly players?: number
  readonly pace?: Pace
  /** What happens; puts what must not be into `wrong`, and answers what was measured. */
  happen(ledger: Ledger, wrong: string[]): Promise<string>
  /** Once all is over and judged. */
  cleanUp(): Promise<void>
}

/** Start the server and the players, let it happen, end in order, and judge what the data folder holds then. */
export async function playOut(scenario: Scenario): Promise<Outcome> {
  const { host, random, players = 8, pace = uneven(random.fork('pace'), 15) } = scenario
  const crowd = createCrowd(host.line, random.fork('players'), players, pace)
  const wrong: string[] = []
  let warnings = ''
  let isOrderly = true
  try {
    await host.start()
    warnings = await scenario.happen(crowd.ledger, wrong)
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error))
    isOrderly = false
  }
  wrong.push(...(await host.comeToRest(() => crowd.leave(), isOrderly)))
  try {
    await host.kill(true)
    const outcome = await audit(host.dataDir, crowd.ledger)
    return addUp([{ acknowledged: 0, lost: 0, doubled: 0, wrong }, outcome], warnings)
  } finally {
    await scenario.cleanUp()
  }
}
