import { isatty } from 'node:tty'
import { standardError } from '../output.ts'

/** How far a long command is, told to whoever waits for it. */
export interface Progress {
  /**
   * `done` of `total`, in any unit, both of them so far as they are known. Cheap: may be told of every item.
   *
   * @param detail what else the line says, once one is due
   */
  tell(done: number, total: number, detail?: () => string): void
  /** Nothing more is told; what the command has come to says the command. */
  end(): void
}

/** A terminal's line is written anew no faster than it can be read. */
const terminalIntervalMs = 200
/** Elsewhere each is a line for good: in a log some per hour are enough, in a pipe one shows that it is not stuck. */
const lineIntervalMs = 10_000
/** Before, a rate says too little about the rest. */
const estimateAfterMs = 3000

/** Tells nobody. */
export const silent: Progress = { tell: () => {}, end: () => {} }

/** Of a command, on standard error: one line that is written anew on a terminal, a line every 10 s elsewhere. */
export function progressOf(command: string): Progress {
  return openProgress(command, {
    write: (text) => standardError().write(text),
    isTerminal: isatty(2),
    now: () => performance.now(),
  })
}

/** @param now milliseconds that only rise */
export function openProgress(
  command: string,
  {
    write,
    isTerminal,
    now,
  }: {
    readonly write: (text: string) => void
    readonly isTerminal: boolean
    readonly now: () => number
  },
): Progress {
  const beganMs = now()
  const intervalMs = isTerminal ? terminalIntervalMs : lineIntervalMs
  let toldAtMs = beganMs
  let hasLine = false
  return {
    tell(done, total, detail) {
      const nowMs = now()
      if (nowMs - toldAtMs < intervalMs) return
      toldAtMs = nowMs
      const text = `${command}: ${lineOf(done / total, nowMs - beganMs)}${detail ? `, ${detail()}` : ''}`
      write(isTerminal ? `\r\u001b[2K${text}` : `${text}\n`)
      hasLine = isTerminal
    },
    end() {
      if (hasLine) write('\r\u001b[2K')
      hasLine = false
    },
  }
}

function lineOf(part: number, tookMs: number): string {
  const share = Number.isFinite(part) ? Math.min(Math.max(part, 0), 1) : 0
  const percent = `${Math.floor(share * 100)} %`
  if (share === 0 || tookMs < estimateAfterMs) return percent
  return `${percent}, ${duration((tookMs / share) * (1 - share))} left`
}

/** `45 s`, `3 min`, `2 h 5 min` */
function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
