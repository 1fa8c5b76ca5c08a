import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { messageOf } from '../messageOf.ts'
import { writeDurably } from '../dataFolder/writeDurably.ts'
import type { SessionState } from '@playhead/engine'
import { StartError } from '../startError.ts'

/**
 * Where to go on after a restart: everything up to `seq` is in the store, and these sessions were open then.
 *
 * A file of lines, `<checksum> <JSON>`: the head, then one open session each. A checksum is the CRC-32 of the JSON of this line
 * and all before it, 8 hexadecimal digits: so no line can be altered, moved, added or left out unnoticed.
 */
export interface Checkpoint {
  /** Position of a clock record in the journal; 0 before the first one. */
  readonly seq: number
  /** What sessions that began then added to the log's clock; see `ingest/serverClock.ts`. */
  readonly clockOffsetMs: number
  readonly sessions: readonly OpenSession[]
}

export interface OpenSession {
  readonly state: SessionState
  /** What the session's clock, by which its state is, adds to the log's. */
  readonly clockOffsetMs: number
  /** When its row was last put into a batch, by the log's time. */
  readonly rowAtMs: number
  /** Whether events came in since. */
  readonly isRowStale: boolean
  /** Warnings that are kept of it so far. */
  readonly warningsKept: number
}

/** Rises when the shape of the states changes. */
const checkpointFormat = 1

/** What is read where there is none: the beginning of the journal. */
export const noCheckpoint: Checkpoint = { seq: 0, clockOffsetMs: 0, sessions: [] }

/** Sessions written at a time: some hundred kilobytes, a few milliseconds. */
const sliceSessions = 100

interface Head {
  readonly format: number
  readonly seq: number
  readonly clockOffsetMs: number
  /** How many lines follow. */
  readonly sessions: number
}

/**
 * Read the checkpoint of a data folder; `noCheckpoint` where there is none.
 *
 * @throws StartError when it is damaged, or of another format
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new StartError(`${path} cannot be read: ${error.message}`, error)
  })
  if (file === undefined) return noCheckpoint
  const reader = checkpointReader(path)
  try {
    for await (const line of linesOf(file.createReadStream({ encoding: 'utf8' }))) reader.take(line)
    return reader.checkpoint()
  } catch (error) {
    if (error instanceof StartError) throw error
    const reason = messageOf(error)
    throw new StartError(`${path} is damaged: ${reason}. The command playhead salvage moves it aside.`, error)
  }
}

/** Replace the checkpoint as a whole: after a crash there is the old one or the new one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeDurably(path, slices(checkpoint))
}

/**
 * Write the first checkpoint of a data folder, before anything is acknowledged.
 *
 * @throws StartError when it cannot be written
 */
export async function beginCheckpoint(path: string): Promise<void> {
  await writeCheckpoint(path, noCheckpoint).catch((error: Error) => {
    throw new StartError(`${path} cannot be written: ${error.message}`, error)
  })
}

function* slices({ seq, clockOffsetMs, sessions }: Checkpoint): Generator<string> {
  let checksum = 0
  const lineOf = (content: Head | OpenSession): string => {
    const json = JSON.stringify(content)
    checksum = crc32(json, checksum)
    return `${hexOf(checksum)} ${json}\n`
  }
  yield lineOf({ format: checkpointFormat, seq, clockOffsetMs, sessions: sessions.length })
  for (let from = 0; from < sessions.length; from += sliceSessions) {
    yield sessions
      .slice(from, from + sliceSessions)
      .map(lineOf)
      .join('')
  }
}

/** Lines end with a line feed alone: from Node 24 on, `readLines` ends them at U+2028 too, which titles may have. */
async function* linesOf(chunks: Readable): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** What the lines of a checkpoint come to; each is parsed as it comes, so that the file is never in memory as a whole. */
function checkpointReader(path: string) {
  let head: Head | undefined
  const sessions: OpenSession[] = []
  const lines = lineChecker()
  return {
    take(line: string): void {
      const json = lines.jsonOf(line)
      if (head === undefined) head = headOf(path, json)
      else sessions.push(JSON.parse(json) as OpenSession)
    },
    checkpoint(): Checkpoint {
      if (head === undefined) throw new Error('it is empty')
      const { seq, clockOffsetMs } = head
      if (head.sessions !== sessions.length)
        throw new Error(`it has ${sessions.length} of ${head.sessions} sessions`)
      return { seq, clockOffsetMs, sessions }
    },
  }
}

/** Takes the checksums off the lines. */
function lineChecker() {
  let checksum = 0
  let number = 0
  return {
    jsonOf(line: string): string {
      number += 1
      const json = line.slice(hexDigits + 1)
      checksum = crc32(json, checksum)
      if (line !== `${hexOf(checksum)} ${json}`) throw new Error(`line ${number} does not match its checksum`)
      return json
    },
  }
}

const hexDigits = 8

function hexOf(checksum: number): string {
  return checksum.toString(16).padStart(hexDigits, '0')
}

const notHead = 'its first line is not the head of a checkpoint'

function headOf(path: string, json: string): Head {
  const head = JSON.parse(json) as Partial<Head> | null
  const { format, seq, sessions, clockOffsetMs } = head ?? {}
  if (!isCount(format)) throw new Error(notHead)
  if (format !== checkpointFormat) {
    throw new StartError(
      `${path} has format ${format}; this version reads format ${checkpointFormat}. Start the version that wrote it.`,
    )
  }
  if (!isCount(seq) || !isCount(sessions) || !Number.isSafeInteger(clockOffsetMs)) throw new Error(notHead)
  return { format, seq, sessions, clockOffsetMs: clockOffsetMs as number }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
