import type { Logger } from 'pino'
import { type ClockEvent, leapTrustedAfterMs, type ServerClock } from './serverClock.ts'

/** What `/readyz` says of the clock. */
export interface ClockHealth {
  /** `leapt`: the system's clock is off by `clockLeapMs`, and its time is not used. */
  readonly clock: 'ok' | 'leapt'
  readonly clockLeapMs?: number
  /** By how much the dates of sessions that begin now are ahead of the log's clock; absent: 0. */
  readonly clockOffsetMs?: number
}

export function clockHealth({ leapMs, offsetMs }: ServerClock): ClockHealth {
  return {
    clock: leapMs === undefined ? 'ok' : 'leapt',
    ...(leapMs !== undefined && { clockLeapMs: leapMs }),
    ...(offsetMs !== 0 && { clockOffsetMs: offsetMs }),
  }
}

const messages: Readonly<Record<ClockEvent['kind'], string>> = {
  leapt: `the system's clock has leapt: the server goes on with the time that it had; it takes the new time when the leap has lasted ${leapTrustedAfterMs / 1000} s`,
  returned: "the system's clock is back: the leap was not used",
  corrected:
    "the system's clock stays where it has leapt to: sessions that begin now are dated by it, open ones go on by the time that they began by",
}

export function logClockEvent(log: Logger, event: ClockEvent): void {
  if (event.kind === 'returned') log.info(messages.returned)
  else log.warn({ byMs: event.byMs }, messages[event.kind])
}
