/**
 * Fault trials: `npm run test:faults -- --help`. Prints a table; the full run writes it into docs/reliability.md.
 */
import process from 'node:process'
import { createRandom } from '@playhead/testing/simulator/random.ts'
import { help, readArguments } from './arguments.ts'
import { describeMachine } from './machine.ts'
import { writeRows } from './reliabilityPage.ts'
import { faultTable, rowOf } from './table.ts'
import type { Outcome, Trial } from './trial.ts'
import { trials } from './trials.ts'

const table = faultTable(trials.map(({ name }) => name))

try {
  const args = readArguments(process.argv.slice(2))
  if (args.isHelpWanted) process.stdout.write(help)
  else process.exitCode = (await runAll(args)) ? 0 : 1
} catch (error) {
  process.stderr.write(
    `test:faults: ${error instanceof Error ? error.message : String(error)}\nTry --help.\n`,
  )
  process.exitCode = 2
}
// Players of a server that did not come back still wait for it.
process.exit()

async function runAll({ isShort, seed, trials: asked }: ReturnType<typeof readArguments>): Promise<boolean> {
  const machine = describeMachine()
  const date = new Date().toISOString().slice(0, 10)
  console.log(`${machine}, ${date}, seed ${seed}`)
  let isSound = true
  for (const trial of asked) {
    const count = isShort ? trial.short : trial.full
    const beganMs = performance.now()
    const outcome = await runOne(trial, count, seed)
    const seconds = Math.round((performance.now() - beganMs) / 1000)
    const row = rowOf(trial, count, outcome, `${date}, seed ${seed}, ${seconds} s`)
    console.log(row.join(' | '))
    isSound &&= typeof outcome === 'string' || isHeld(outcome)
    // After each of them: a run that is ended early has not been for nothing.
    if (!isShort) writeRows(table, [row], machine)
  }
  return isSound
}

async function runOne(trial: Trial, count: number, seed: string): Promise<Outcome | string> {
  const obstacle = await trial.obstacle?.()
  if (obstacle !== undefined) return obstacle
  console.log(`${trial.id}: ${trial.name}, ${count} ${trial.unit}`)
  const outcome = await trial.run({
    count,
    random: createRandom(`${seed}/${trial.id}`),
    onProgress: (text) => console.log(`  ${text}`),
  })
  for (const what of outcome.wrong) console.log(`  WRONG: ${what}`)
  return outcome
}

function isHeld({ lost, doubled, wrong }: Outcome): boolean {
  return lost === 0 && doubled === 0 && wrong.length === 0
}
