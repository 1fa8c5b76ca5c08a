/**
 * The process that holds the embedded engine. It is a process of its own because the engine takes its process
 * with it when it fails, its statements cannot be cancelled, and a heavy report must not slow collection.
 *
 * It never outlives its server: when the channel goes, it kills itself, which the engine is built to survive and
 * which lets go of the folder at once. A regular exit would close the engine under a running statement.
 */
import { writeFileSync } from 'node:fs'
import { messageOf } from '../messageOf.ts'
import { EmbeddedEngine } from './embeddedEngine.ts'
import type { Reply, Request, StatementRequest } from './embeddedMessages.ts'
import { Semaphore } from './semaphore.ts'
import { folderAt } from './storeFolder.ts'
import { syncFolders } from './syncFolders.ts'

/** A statement of the store that runs longer hangs, but for one that ClickHouse itself is to stop later: migrations may copy tables. */
const statementMsMax = 300_000
/** Reports answered side by side. More would only share the same cores and memory. */
const readsMax = 4
/** Bytes of a result that are sent at once. */
const pieceBytes = 262_144
/** Reports, and inserts, waiting for their turn in the store; those beyond are refused. */
const waitingMax = 256

/** What an insert answers. */
const nothing = new Uint8Array()

const folder = process.argv[2] ?? ''
const lanes = { read: new Semaphore(readsMax, waitingMax), write: new Semaphore(1, waitingMax) }

process.on('disconnect', die)
// A Ctrl-C reaches the whole process group, a service stop all its processes: the server says when to close.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
dieFirst()

const engine = await EmbeddedEngine.open(folder).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
const opened = folderAt(folder)
process.on('message', (request: Request) => {
  if (request.kind === 'close') void close()
  else void answer(request)
})
send({ kind: 'open' })

async function answer(request: StatementRequest): Promise<void> {
  const { id, lane } = request
  try {
    sendResult(id, await lanes[lane].run(() => run(request)))
  } catch (error) {
    send({ kind: 'refused', id, message: messageOf(error) })
  }
}

/** In pieces: the server puts each message together at once, and has others to answer. */
function sendResult(id: number, bytes: Uint8Array): void {
  let at = 0
  for (; at + pieceBytes < bytes.length; at += pieceBytes)
    send({ kind: 'piece', id, bytes: bytes.subarray(at, at + pieceBytes) })
  send({ kind: 'done', id, bytes: bytes.subarray(at) })
}

async function run({ lane, set, sql, rows, stoppedAfterMs = 0 }: StatementRequest): Promise<Uint8Array> {
  const watchdog = setTimeout(die, Math.max(statementMsMax, stoppedAfterMs))
  try {
    const bytes = rows === undefined ? await engine.run(set, sql) : nothing
    if (rows !== undefined) await engine.insert(set, sql, rows)
    if (lane === 'write') {
      syncFolders(folder)
      requireFolder()
    }
    return bytes
  } finally {
    clearTimeout(watchdog)
  }
}

/** What was written to another folder than the one that was opened must not be taken for stored. */
function requireFolder(): void {
  if (folderAt(folder) === opened) return
  console.error(`${folder} is no longer the folder that was opened`)
  die()
}

async function close(): Promise<void> {
  await Promise.all([lanes.read.idle(), lanes.write.idle()])
  await engine.close()
  process.exit(0)
}

function send(reply: Reply): void {
  process.send?.(reply, undefined, undefined, (error) => {
    if (error !== null) die()
  })
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

/** When memory runs out, Linux shall take the engine, which can be had again, before the collector. */
function dieFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '500')
  } catch {
    // Not Linux, or not allowed: it works without.
  }
}
