import type { TokenCommand } from './access/runTokenCommand.ts'
import { readToken } from './access/readToken.ts'
import { readErase, type EraseCommand } from './erase/readErase.ts'
import { moment } from './moment.ts'
import { readOptions } from './readOptions.ts'
import type { ReprocessOptions } from './reprocess/runReprocess.ts'
import type { SalvageCommand } from './salvage/runSalvage.ts'
import { StartError } from './startError.ts'

/** What the process is to do. */
export type Command =
  | { readonly kind: 'serve' }
  | { readonly kind: 'help' }
  | ({ readonly kind: 'reprocess' } & ReprocessOptions)
  | EraseCommand
  | ({ readonly kind: 'token' } & TokenCommand)
  | SalvageCommand
  | { readonly kind: 'backup'; readonly to: string }
  | { readonly kind: 'restore'; readonly from: string }
  | { readonly kind: 'rebuild' }

export const helpText = `playhead              start the server
playhead reprocess    run archived events through the engine again, and say what changes
  --from <time>         sessions that began at or after it: 2026-11-20T16:00:00Z, or a day (UTC)
  --to <time>           sessions that began before it
  --dry-run             change nothing
playhead erase        take all data of a viewer away for good, and write a receipt
  --visitor <id>        by an id that sessions were started with: ECID, visitor id, customer id, app installation id
  --anywhere            also sessions that have the id anywhere else in their events
  --session <id>        one session, in place of a visitor
  --receipt <file>      where the receipt goes (erasure-<time>.json)
  --check <file>        erase nothing, but see whether that receipt still holds
playhead token add    make a token for reports and the dashboard, and say it this once
  --name <name>         what it is for
  --suites <a,b>        for these report suites alone
playhead token list   name the tokens there are
playhead token remove --name <name>
playhead salvage      save what is sound of a damaged journal or checkpoint, and say what is lost
  --dry-run             change nothing
playhead backup       copy the data folder, also while the server runs
  --to <folder>         a folder that is made for it
playhead restore      make the data folder of a backup
  --from <folder>       where the backup is; the data folder has to be empty
playhead rebuild      make a lost or damaged store anew, from its archive and the journal
playhead help         say this

Settings are read from the environment (PLAYHEAD_DATA_DIR and others): see docs/operating.md.
`

/** Read the arguments of the command line. Throws a `StartError` that says in one line what is wrong with them. */
export function readCommand(args: readonly string[]): Command {
  const [name, ...rest] = args
  switch (name) {
    case undefined:
      return { kind: 'serve' }
    case 'help':
    case '--help':
    case '-h':
      return { kind: 'help' }
    case 'reprocess':
      return readReprocess(rest)
    case 'erase':
      return readErase(rest)
    case 'token':
      return { kind: 'token', ...readToken(rest) }
    case 'rebuild':
      readOptions('rebuild', rest, {})
      return { kind: 'rebuild' }
    case 'salvage':
      return { kind: 'salvage', isDryRun: readDryRun('salvage', rest) }
    case 'backup':
      return readBackup(rest)
    case 'restore':
      return readRestore(rest)
    default:
      throw new StartError(`there is no command ${name}; see playhead help`)
  }
}

function readReprocess(args: readonly string[]): Command {
  const {
    from,
    to,
    'dry-run': isDryRun = false,
  } = readOptions('reprocess', args, {
    from: { type: 'string' },
    to: { type: 'string' },
    'dry-run': { type: 'boolean' },
  })
  const range = { fromMs: readTime('--from', from), toMs: readTime('--to', to) }
  if (range.fromMs >= range.toMs) throw new StartError('reprocess: --from must be before --to')
  return { kind: 'reprocess', range, isDryRun }
}

function readDryRun(command: string, args: readonly string[]): boolean {
  return readOptions(command, args, { 'dry-run': { type: 'boolean' } })['dry-run'] ?? false
}

function readBackup(args: readonly string[]): Command {
  const { to } = readOptions('backup', args, { to: { type: 'string' } })
  if (to === undefined || to === '') throw new StartError('backup: --to is missing; see playhead help')
  return { kind: 'backup', to }
}

function readRestore(args: readonly string[]): Command {
  const { from } = readOptions('restore', args, { from: { type: 'string' } })
  if (from === undefined || from === '') throw new StartError('restore: --from is missing; see playhead help')
  return { kind: 'restore', from }
}

function readTime(option: string, text: string | undefined): number {
  if (text === undefined) throw new StartError(`reprocess: ${option} is missing; see playhead help`)
  try {
    return moment(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new StartError(`reprocess: ${option} ${error.message}`, error)
  }
}
