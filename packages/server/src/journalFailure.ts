import { type Journal, JournalFailed } from './log/journal.ts'

/** How long a server whose journal has failed answers that it has, before it ends: probes and players have seen it by then. */
/**
 * How long a server whose journal has failed stays, answering events with 503 and saying why in `/readyz`, before it
 * ends to be started again.
 */
const failedLingerMaxMs = 5000

/** What `/readyz` says of the journal. */
export function journalHealth({ state, bytes, backlogBytes }: Journal) {
  return {
    journal: state.status,
    ...(state.status !== 'ok' && { journalDetail: state.cause.message }),
    journalBytes: bytes,
    journalBacklogBytes: backlogBytes,
  }
}

/** Once the journal has failed, a new start alone can tell what is on the disk: after a while, `over` rejects. */
export function journalFailure() {
  let end: (error: JournalFailed) => void = () => {}
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_resolve, reject) => {
    end = reject
  })
  return {
    over,
    begin(cause: Error): void {
      timer = setTimeout(() => end(new JournalFailed(cause)), failedLingerMaxMs)
    },
    forget: () => clearTimeout(timer),
  }
}
