import type { Random } from '@playhead/testing/simulator/random.ts'
import { Ledger } from './ledger.ts'
import type { Line } from './line.ts'
import type { Pace } from './pace.ts'
import { keepPlaying } from './player.ts'

/** Players on a line, and the ledger they keep. */
export interface Crowd {
  readonly ledger: Ledger
  /** Let them end their sessions and leave. The server has to be up, or come up. */
  leave(): Promise<void>
}

export function createCrowd(line: Line, random: Random, players: number, pace: Pace): Crowd {
  const ledger = new Ledger()
  const leaving = new AbortController()
  const playing = Array.from({ length: players }, (_, number) =>
    keepPlaying({ line, ledger, random: random.fork(number), pace, signal: leaving.signal }),
  )
  const all = Promise.all(playing)
  // Judged in `leave`; until then a failure must not end the process.
  all.catch(() => {})
  return {
    ledger,
    async leave() {
      leaving.abort()
      await all
    },
  }
}
