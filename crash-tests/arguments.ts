import { parseArgs } from 'node:util'
import type { Trial } from './trial.ts'
import { trials } from './trials.ts'

export const help = `Do to the server what can happen to a server, and see whether an acknowledged event was lost or counted twice.

  npm run test:faults -- [options] [trials]

  --short       as much as CI does, in a minute or two; prints and does not touch docs/reliability.md
  --seed TEXT   the same seed makes the same choices (default 1); when the machine gets to what is its own affair
  --help        this text

Trials, all of them without a name:

${trials.map(({ id, name }) => `  ${id.padEnd(20)} ${name}`).join('\n')}

Ends with 1 if anything was lost, doubled or wrong, with 2 if it was asked for something it does not know.
`

/** What the command line asks for. */
export interface Arguments {
  readonly isShort: boolean
  readonly isHelpWanted: boolean
  readonly seed: string
  readonly trials: readonly Trial[]
}

/** @throws TypeError or RangeError for what there is not */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.find((id) => !trials.some((trial) => trial.id === id))
  if (unknown !== undefined) throw new RangeError(`there is no trial ${unknown}`)
  return {
    isShort: values.short,
    isHelpWanted: values.help,
    seed: values.seed,
    trials: positionals.length === 0 ? trials : trials.filter(({ id }) => positionals.includes(id)),
  }
}
