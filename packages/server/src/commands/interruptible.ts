import { standardError } from '../output.ts'
import { onStopSignal, type StopSignal, stopSignals } from '../stopSignals.ts'

/** How long a command that was asked to stop may take to leave all in order. */
const commandStopMaxMs = 10_000

/** A Ctrl-C reaches the whole process group, and npm passes it on once more: within this time it is the same one. */
export const sameSignalMs = 300

/** A command was stopped by a signal, and has left all in order. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly exitCode: number

  /** @param outcome what the command has left, and what to do next */
  constructor(signal: StopSignal, outcome: string) {
    super(`stopped by ${signal}. ${outcome}`)
    this.exitCode = stopSignals[signal]
  }
}

/**
 * Run a command that SIGINT and SIGTERM stop in order: its signal aborts, and it ends at the next point where nothing is half
 * done. A command that does not get there in 10 s, and one that gets a second signal, ends at once.
 *
 * @param outcome what a command that stops has left, and what to do next
 * @throws Interrupted when it was stopped before it was done
 */
export async function interruptible<Result>(
  outcome: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stopping = new AbortController()
  let askedAtMs = 0
  const onSignal = (name: StopSignal): void => {
    if (!stopping.signal.aborted) {
      askedAtMs = performance.now()
      stopping.abort(new Interrupted(name, outcome))
      setTimeout(() => endAtOnce(name), commandStopMaxMs).unref()
    } else if (performance.now() - askedAtMs > sameSignalMs) endAtOnce(name)
  }
  const stopListening = onStopSignal(onSignal)
  try {
    return await work(stopping.signal)
  } catch (error) {
    throw isAbort(error) ? (stopping.signal.reason ?? error) : error
  } finally {
    stopListening()
  }
}

/** As after a crash: the next run of the command finds what this one has left. */
function endAtOnce(signal: StopSignal): void {
  standardError().write(
    `playhead: ended by ${signal} before all was in order. Run the command again; it says what has to be removed first.\n`,
  )
  process.exit(stopSignals[signal])
}

/** Node's own functions throw an error of theirs when their signal aborts. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
