import { open } from 'node:fs/promises'
import { writeDurably } from '../log/writeDurably.ts'
import type { SessionState } from '../session/state.ts'
import { StartError } from '../startError.ts'
import { upgradeSession } from './upgradeSession.ts'

/**
 * Where to go on after a restart: everything up to `seq` is in the store, and these sessions were open then.
 * A file of lines: `{"format":1,"seq":…,"sessions":…}`, then one open session each.
 */
export interface Checkpoint {
  /** Position of a clock record in the journal; 0 before the first one. */
  readonly seq: number
  readonly sessions: readonly OpenSession[]
}

export interface OpenSession {
  readonly state: SessionState
  /** When its row was last put into a batch, by the log's time. */
  readonly rowAtMs: number
  /** Whether events came in since. */
  readonly isRowStale: boolean
  /** Warnings that are kept of it so far. */
  readonly warnings: number
}

/** Rises when the shape of the states changes; `upgradeSession` then gets a step that leads to it. */
const checkpointFormat = 6

/** Sessions written at a time: some hundred kilobytes, a few milliseconds. */
const sliceSessions = 100

interface Head {
  readonly format: number
  readonly seq: number
  /** How many lines follow. */
  readonly sessions: number
}

/**
 * Read the checkpoint of a data folder; the beginning of the journal where there is none.
 *
 * @throws StartError when it is damaged, or a newer version wrote it
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new StartError(`${path} cannot be read: ${error.message}`, error)
  })
  if (file === undefined) return { seq: 0, sessions: [] }
  const reader = checkpointReader(path)
  try {
    for await (const line of file.readLines()) reader.take(line)
    return reader.checkpoint()
  } catch (error) {
    if (error instanceof StartError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`${path} is damaged: ${reason}. The command playhead salvage moves it aside.`, error)
  }
}

/** Replace the checkpoint as a whole: after a crash there is the old one or the new one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeDurably(path, slices(checkpoint))
}

function* slices({ seq, sessions }: Checkpoint): Generator<string> {
  const head: Head = { format: checkpointFormat, seq, sessions: sessions.length }
  yield `${JSON.stringify(head)}\n`
  for (let from = 0; from < sessions.length; from += sliceSessions) {
    const slice = sessions.slice(from, from + sliceSessions)
    yield slice.map((session) => `${JSON.stringify(session)}\n`).join('')
  }
}

/** What the lines of a checkpoint come to; each is parsed as it comes, so that the file is never in memory as a whole. */
function checkpointReader(path: string) {
  let head: Head | undefined
  const sessions: OpenSession[] = []
  return {
    take(line: string): void {
      if (head === undefined) head = headOf(path, line)
      else sessions.push(upgradeSession(JSON.parse(line) as OpenSession, head.format))
    },
    checkpoint(): Checkpoint {
      if (head === undefined) throw new Error('it is empty')
      if (head.sessions !== sessions.length)
        throw new Error(`it has ${sessions.length} of ${head.sessions} sessions`)
      return { seq: head.seq, sessions }
    },
  }
}

function headOf(path: string, line: string): Head {
  const head = JSON.parse(line) as Head
  if (head.format <= checkpointFormat) return head
  throw new StartError(
    `${path} has format ${head.format}, this version reads those up to ${checkpointFormat}: a newer one wrote it`,
  )
}
