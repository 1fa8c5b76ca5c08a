import { readFileSync } from 'node:fs'

/** Open files left for what is no connection: without one for its next segment the journal fails. */
const otherFilesMax = 256

/**
 * How many connections the system lets the process have, so that files can be opened besides: without one for its
 * next segment the journal fails. Node has raised the limit as far as it may; only Linux tells how far.
 */
export function connectionsAllowed(): number {
  const [, soft] = /^Max open files +(\d+)/m.exec(readLimits()) ?? []
  return soft === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Number(soft) - otherFilesMax)
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return ''
  }
}
