import { readFile } from 'node:fs/promises'
import { writeDurably } from '../log/writeDurably.ts'
import { StartError } from '../startError.ts'
import type { SessionState } from '../session/state.ts'

/** Where to go on after a restart: everything up to `seq` is in the store, and these sessions were open then. */
export interface Checkpoint {
  /** Rises when the shape of the states changes. */
  readonly format: typeof checkpointFormat
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
}

export const checkpointFormat = 1

/** Read the checkpoint of a data folder; the beginning of the journal where there is none. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { format: checkpointFormat, seq: 0, sessions: [] }
    }
    throw error
  }
  const checkpoint = JSON.parse(text) as Omit<Checkpoint, 'format'> & { readonly format: number }
  const { format } = checkpoint
  if (format === checkpointFormat) return { ...checkpoint, format }
  throw new StartError(`${path} has format ${format}; this version reads format ${String(checkpointFormat)}`)
}

/** Replace the checkpoint as a whole: after a crash there is the old one or the new one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeDurably(path, JSON.stringify(checkpoint))
}
