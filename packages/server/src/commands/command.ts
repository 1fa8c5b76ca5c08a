import type { TokenCommand } from './token/runTokenCommand.ts'
import { readToken } from './token/readToken.ts'
import { readErase, type EraseCommand } from './erase/readErase.ts'
import { helpOf, helpText } from './help.ts'
import { moment } from '../reports/moment.ts'
import { readOptions } from './readOptions.ts'
import type { ReprocessOptions } from './reprocess/runReprocess.ts'
import type { SalvageCommand } from './salvage/runSalvage.ts'
import { StartError } from '../startError.ts'

/** What the process is to do. */
export type Command =
  | { readonly kind: 'serve' }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'reprocess' } & ReprocessOptions)
  | EraseCommand
  | ({ readonly kind: 'token' } & TokenCommand)
  | SalvageCommand
  | { readonly kind: 'backup'; readonly to: string }
  | { readonly kind: 'restore'; readonly from: string }
  | { readonly kind: 'rebuild' }

/** Read the arguments of the command line. Throws a `StartError` that says in one line what is wrong with them. */
export function readCommand(args: readonly string[]): Command {
  const [name, ...rest] = args
  const help = name !== undefined && rest.some((arg) => arg === '--help' || arg === '-h') && helpOf(name)
  if (help) return { kind: 'help', text: help }
  switch (name) {
    case undefined:
      return { kind: 'serve' }
    case 'help':
    case '--help':
    case '-h':
      return { kind: 'help', text: readHelp(rest) }
    case '--version':
    case '-v':
      return { kind: 'version' }
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

/** `playhead help erase` is `playhead erase --help`. */
function readHelp(args: readonly string[]): string {
  const name = args.find((arg) => !arg.startsWith('-'))
  const text = name === undefined ? helpText : helpOf(name)
  if (text === undefined) throw new StartError(`there is no command ${name}; see playhead help`)
  return text
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
