/** The disk refused a write or a sync: nothing is acknowledged any more until a restart. `cause` is its error. */
export class JournalFailed extends Error {
  override readonly name = 'JournalFailed'
  constructor(cause: Error) {
    super(`the journal has failed and takes no more records: ${cause.message}`, { cause })
  }
}

/**
 * There is no room for the record: the disk is full, then `cause` is its error, or the journal has reached its bound.
 * The record is not in the journal, and will not turn up there. Try again later.
 */
export class JournalFull extends Error {
  override readonly name = 'JournalFull'
}

/** More is waiting to be written than memory is granted for. Try again in a moment. */
export class JournalBehind extends Error {
  override readonly name = 'JournalBehind'
  constructor(queueBytesMax: number) {
    super(`the disk is behind: ${queueBytesMax} bytes of records are waiting to be written already`)
  }
}

/** The journal was closed before this append. */
export class JournalClosed extends Error {
  override readonly name = 'JournalClosed'
  constructor() {
    super('the journal is closed')
  }
}

/** A position was asked for that cutBefore has deleted. */
export class JournalCut extends Error {
  override readonly name = 'JournalCut'
  readonly seq: number
  readonly firstSeq: number
  constructor(seq: number, firstSeq: number) {
    super(`record ${seq} was cut from the journal, which now begins at ${firstSeq}`)
    this.seq = seq
    this.firstSeq = firstSeq
  }
}

/** An acknowledged record cannot be read any more. Never skipped in silence: a person has to decide. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged'
  /** Path of the segment file. */
  readonly file: string
  /** Where in the file the damage begins, in bytes. */
  readonly offset: number
  /** First record that is lost. */
  readonly seq: number
  constructor(file: string, offset: number, seq: number, reason: string) {
    super(`journal damaged: record ${seq} in ${file} at byte ${offset}: ${reason}`)
    this.file = file
    this.offset = offset
    this.seq = seq
  }
}

/** There is no journal where there was one: all its records are lost, or their files are elsewhere. */
export class JournalMissing extends Error {
  override readonly name = 'JournalMissing'
  constructor(dir: string) {
    super(
      `${dir} has no segment file, but this data folder has been in use: the journal was deleted or moved. Put it back; if it is lost, see docs/operating.md, When data is damaged`,
    )
  }
}

/** The journal was written by a newer Playhead: its bytes are sound, this version does not know their meaning. */
export class JournalUnsupported extends Error {
  override readonly name = 'JournalUnsupported'
}
