import { open, readFile, rm } from 'node:fs/promises'
import { messageOf } from '../../messageOf.ts'
import type { Config } from '../../config.ts'
import { sync } from '../../log/provenSync.ts'
import { StartError } from '../../startError.ts'
import { type Progress, silent } from '../progress.ts'
import { withStore } from '../withStore.ts'
import { checkReceipt } from './checkReceipt.ts'
import { erase } from './erase.ts'
import { isAbout, type Receipt } from './receipt.ts'
import type { Subject } from './subject.ts'

export interface EraseOptions {
  readonly subject: Subject
  /** Where the receipt goes. */
  readonly receipt: string
}

type Folder = Pick<Config, 'dataDir' | 'clickhouseUrl'>

/**
 * `playhead erase`: the server must be stopped. Resolves with whether anything was there. Rejects with a `StartError`
 * when the operator has to mend something.
 */
export async function runErase(
  config: Folder,
  { subject, receipt: path }: EraseOptions,
  write: (text: string) => void,
  signal: AbortSignal,
  progress: Progress = silent,
): Promise<{ readonly isFound: boolean }> {
  // Before anything is erased: there has to be a place for the receipt, and none is written over.
  const file = await open(path, 'wx').catch((error: Error) => {
    throw new StartError(`erase: the receipt cannot be written: ${error.message}`, error)
  })
  try {
    const receipt = await withStore(
      config,
      (store) => erase({ ...config, store }, subject, signal, progress),
      signal,
    )
    await file.writeFile(`${JSON.stringify(receipt, undefined, 2)}\n`)
    await sync(file)
    progress.end()
    const isFound = Object.values(receipt.places).some(({ before }) => before > 0)
    write(isFound ? summaryOf(receipt, path) : nothingText(receipt, subject, path))
    return { isFound }
  } catch (error) {
    await rm(path)
    throw error
  } finally {
    await file.close()
  }
}

/** `playhead erase --check`: rejects with a `StartError` when the receipt does not hold any more. */
export async function runEraseCheck(
  config: Folder,
  { subject, receipt: path }: EraseOptions,
  write: (text: string) => void,
): Promise<void> {
  const receipt = await readReceipt(path)
  if (!isAbout(receipt, subject)) throw new StartError(`erase: ${path} is about another ${receipt.subject}`)
  const { before, since, refusals } = await withStore(config, (store) =>
    checkReceipt({ ...config, store }, receipt, subject),
  )
  if (before.length > 0) {
    throw new StartError(
      `erase: ${before.length} sessions from before ${receipt.erasedAt} are there again: ${before.slice(0, 10).join(', ')}`,
    )
  }
  if (refusals > 0) {
    throw new StartError(
      `erase: ${refusals} refused requests from before ${receipt.erasedAt} have the id in them`,
    )
  }
  write(`nothing from before ${receipt.erasedAt} is there\n`)
  if (since.length > 0) write(`${since.length} sessions came in since\n`)
}

async function readReceipt(path: string): Promise<Receipt> {
  try {
    const receipt = JSON.parse(await readFile(path, 'utf8')) as Receipt
    if (receipt.format !== 1) throw new Error('it is no receipt that this version knows')
    return receipt
  } catch (error) {
    const reason = messageOf(error)
    throw new StartError(`erase: the receipt ${path} cannot be read: ${reason}`, error)
  }
}

function summaryOf({ sessions, places, totals, leftIn }: Receipt, path: string): string {
  const counts = Object.entries(places).map(([place, { before }]) => `${place} ${before}`)
  return `${sessions} ${sessions === 1 ? 'session' : 'sessions'} erased (${counts.join(', ')}); ${totals.after.sessions} sessions are left
the receipt is in ${path}
${leftText(leftIn)}`
}

function nothingText({ totals, leftIn }: Receipt, subject: Subject, path: string): string {
  const [who, more] =
    subject.kind === 'session'
      ? ['of a session with this id', '']
      : subject.isAnywhere
        ? ['with this id in it', '']
        : ['of a viewer with this id', '; --anywhere looks for it in all their events, too']
  return `nothing was found ${who}, and nothing erased${more}; ${totals.after.sessions} sessions are there
the receipt that says so is in ${path}
${leftText(leftIn)}`
}

function leftText(leftIn: Receipt['leftIn']): string {
  return leftIn.length > 0 ? `the id, or that of a session, is still in ${leftIn.join(', ')}\n` : ''
}
