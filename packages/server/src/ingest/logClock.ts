import { type Journal, JournalFull } from '../log/journal.ts'
import type { Gate } from './gate.ts'

/** How often the time is written into the journal at most; so each table of the store gets one insert in that time. */
export const clockIntervalMs = 1000

export interface LogClock {
  /** Write the time down once more, for the last batch and a checkpoint, and no more afterwards. */
  stop(): Promise<void>
}

export interface LogClockParts {
  readonly journal: Journal
  readonly gate: Gate
  /** The server's clock, epoch milliseconds. */
  readonly now: () => number
  readonly reorderWindowMs: number
  readonly onError: (error: unknown) => void
}

/**
 * Write the time into the log, once a second at most and only when it says something: events have come in
 * since or still wait for their window, or a session's time is out. So time-outs and the bounds of the store's batches are a matter of
 * record, and a replay closes the same sessions at the same points and forms the same batches.
 */
export function startLogClock({ journal, gate, now, reorderWindowMs, onError }: LogClockParts): LogClock {
  // Not the last seq: what came in before a crash still waits to be told the time.
  let lastClockSeq = 0
  let lastEventAtMs = 0
  let running: Promise<void> = Promise.resolve()

  async function tick(): Promise<void> {
    const nowMs = now()
    if (journal.lastSeq > lastClockSeq) lastEventAtMs = nowMs
    // The last events wait for their window to be over.
    const isAnyWaiting = nowMs <= lastEventAtMs + reorderWindowMs + clockIntervalMs
    // Where no events come any more, this is what finds that there is room again.
    const isFull = journal.state.status === 'full'
    if (isFull || isAnyWaiting || gate.isAnyExpired(nowMs)) await writeTime(nowMs)
  }

  async function writeTime(nowMs: number): Promise<void> {
    if (journal.state.status === 'failed') return
    try {
      lastClockSeq = await journal.append({ kind: 'clock', receivedAtMs: nowMs })
    } catch (error) {
      // The journal says so itself, once; the next tick tries again.
      if (error instanceof JournalFull) return
      throw error
    }
    gate.forgetExpired(nowMs)
  }

  const timer = setInterval(() => {
    running = running.then(tick).catch(onError)
  }, clockIntervalMs)

  return {
    async stop() {
      clearInterval(timer)
      await running
      if (journal.lastSeq > 0) await writeTime(now())
    },
  }
}
