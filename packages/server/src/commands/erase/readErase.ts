import { isSessionId } from '../../events/sessionId.ts'
import { readOptions } from '../readOptions.ts'
import { StartError } from '../../startError.ts'
import type { EraseOptions } from './runErase.ts'
import type { Subject } from './subject.ts'

export type EraseCommand = { readonly kind: 'erase' | 'eraseCheck' } & EraseOptions

/** Read the arguments of `playhead erase`. Throws a `StartError` that says in one line what is wrong with them. */
export function readErase(args: readonly string[]): EraseCommand {
  const options = readOptions('erase', args, {
    visitor: { type: 'string' },
    session: { type: 'string' },
    anywhere: { type: 'boolean' },
    receipt: { type: 'string' },
    check: { type: 'string' },
  })
  const subject = subjectOf(options)
  const { check, receipt } = options
  if (check === undefined) return { kind: 'erase', subject, receipt: receipt ?? defaultReceipt() }
  if (receipt !== undefined)
    throw new StartError('erase: --check reads a receipt, it writes none; see playhead help')
  return { kind: 'eraseCheck', subject, receipt: check }
}

function subjectOf({
  visitor,
  session,
  anywhere: isAnywhere = false,
}: {
  visitor?: string | undefined
  session?: string | undefined
  anywhere?: boolean | undefined
}): Subject {
  if ((visitor === undefined) === (session === undefined)) {
    throw new StartError('erase: takes either --visitor or --session; see playhead help')
  }
  if (session !== undefined) {
    if (isAnywhere) throw new StartError('erase: --anywhere goes with --visitor; see playhead help')
    if (!isSessionId(session)) {
      throw new StartError('erase: --session takes the id of a session, 64 lower-case hex digits')
    }
    return { kind: 'session', id: session }
  }
  if (visitor === undefined || visitor.trim() === '')
    throw new StartError('erase: --visitor must not be empty')
  return { kind: 'visitor', id: visitor, isAnywhere }
}

function defaultReceipt(): string {
  return `erasure-${new Date().toISOString().replaceAll(':', '-')}.json`
}
