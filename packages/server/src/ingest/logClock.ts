import { type Journal, JournalFull } from '../log/journal.ts'
import type { Gate } from './gate.ts'
import type { ServerClock } from './serverClock.ts'

/** How often the time is written into the journal at most; so each table of the store gets one insert in that time. */
export const clockIntervalMs = 1000

export interface LogClock {
  /** Write the time down once more, for the last batch and a checkpoint, and no more afterwards. */
  stop(): Promise<void>
}

export interface LogClockParts {
  readonly journal: Journal
  readonly gate: Gate
  readonly clock: Pick<ServerClock, 'now' | 'offsetMs' | 'correctionMs' | 'correct'>
  readonly onError: (error: unknown) => void
}

/**
 * Write the time into the log, once a second, while sessions are open or something has come in since. So time-outs,
 * refreshed rows and the bounds of the store's batches are a matter of record, and a replay closes the same sessions at
 * the same points and forms the same batches. When no session is open and nothing arrives, nothing is written,
 * and the journal's files are only looked for.
 */
export function startLogClock({ journal, gate, clock, onError }: LogClockParts): LogClock {
  // Not the last seq: what came in before a crash still waits to be told the time.
  let lastClockSeq = 0
  let running: Promise<void> = Promise.resolve()

  async function tick(): Promise<void> {
    // Read each second, for a leap of the system's clock to be seen when nothing arrives.
    const nowMs = clock.now()
    // Where no events come any more, this is what finds that there is room again.
    const isFull = journal.state.status === 'full'
    const isAnyToBeTold = gate.openSessions > 0 || journal.lastSeq > lastClockSeq
    if (isFull || isAnyToBeTold || clock.correctionMs !== undefined) await writeTime(nowMs)
    else await journal.checkInPlace()
  }

  async function writeTime(nowMs: number): Promise<void> {
    if (journal.state.status === 'failed') return
    // In the log before it counts: after a crash, sessions that are open have to be timed as before.
    const { correctionMs } = clock
    const offsetMs = clock.offsetMs + (correctionMs ?? 0)
    try {
      lastClockSeq = await journal.append({
        kind: 'clock',
        receivedAtMs: nowMs,
        ...(offsetMs !== 0 && { clockOffsetMs: offsetMs }),
      })
    } catch (error) {
      // The journal says so itself, once; the next tick tries again.
      if (error instanceof JournalFull) return
      throw error
    }
    if (correctionMs !== undefined) clock.correct(correctionMs)
    gate.forgetExpired(nowMs)
  }

  const timer = setInterval(() => {
    running = running.then(tick).catch(onError)
  }, clockIntervalMs)

  return {
    async stop() {
      clearInterval(timer)
      await running
      if (journal.lastSeq > 0) await writeTime(clock.now())
    },
  }
}
