/** How often a process that npm has started looks whether npm is there still. */
const parentLookIntervalMs = 500

/** Signals that ask for an orderly stop, and the exit code by which a shell names an end by one of them. */
export const stopSignals = { SIGINT: 130, SIGTERM: 143 } as const
export type StopSignal = keyof typeof stopSignals

/**
 * Hear of signals that ask for an orderly stop; answers how to stop hearing. npm starts a command in a shell, which ends at a
 * signal without passing it on: that the shell is gone counts as SIGTERM.
 */
export function onStopSignal(listener: (signal: StopSignal) => void): () => void {
  const names = Object.keys(stopSignals)
  // A Ctrl-C ends the shell, too: it must not count as another signal.
  const hear = (signal: StopSignal): void => {
    clearInterval(timer)
    listener(signal)
  }
  for (const name of names) process.on(name, hear)
  const timer = process.env['npm_command'] === undefined ? undefined : watchParent(() => hear('SIGTERM'))
  return () => {
    for (const name of names) process.off(name, hear)
    clearInterval(timer)
  }
}

function watchParent(onGone: () => void): NodeJS.Timeout {
  const { ppid } = process
  return setInterval(() => {
    if (process.ppid !== ppid) onGone()
  }, parentLookIntervalMs).unref()
}
