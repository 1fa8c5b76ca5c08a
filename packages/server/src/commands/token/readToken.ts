import { readOptions } from '../readOptions.ts'
import { listOf } from '../../setting.ts'
import { StartError } from '../../startError.ts'
import type { TokenCommand } from './runTokenCommand.ts'

/** Read the arguments of `playhead token`. Throws a `StartError` that says in one line what is wrong with them. */
export function readToken([verb, ...args]: readonly string[]): TokenCommand {
  const named = { name: { type: 'string' } } as const
  switch (verb) {
    case 'add': {
      const { name, suites } = readOptions('token add', args, { ...named, suites: { type: 'string' } })
      return {
        verb,
        name: readName(verb, name),
        suites: suites === undefined ? undefined : readSuites(suites),
      }
    }
    case 'remove':
      return { verb, name: readName(verb, readOptions('token remove', args, named).name) }
    case 'list':
      readOptions('token list', args, {})
      return { verb }
    default:
      throw new StartError('token: takes add, list or remove; see playhead help')
  }
}

function readName(verb: string, name: string | undefined): string {
  if (name === undefined) throw new StartError(`token ${verb}: --name is missing; see playhead help`)
  return name
}

function readSuites(text: string): string[] {
  const suites = listOf(text)
  if (suites.length === 0 || suites.includes(''))
    throw new StartError('token add: --suites takes report suites with commas between them')
  return suites
}
