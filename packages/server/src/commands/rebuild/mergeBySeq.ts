import type { LogRecord } from '../../log/record.ts'

/**
 * The records of the archive and of the journal in one order. Where both have one, the journal's counts, unless it is
 * the mark of a lost one.
 */
export async function* mergeBySeq(
  archive: AsyncGenerator<LogRecord>,
  journal: AsyncGenerator<LogRecord>,
): AsyncGenerator<LogRecord> {
  let [old, recent] = [await archive.next(), await journal.next()]
  while (old.done !== true || recent.done !== true) {
    if (old.done === true || (recent.done !== true && recent.value.seq < old.value.seq)) {
      if (recent.done !== true) yield recent.value
      recent = await journal.next()
    } else if (recent.done === true || old.value.seq < recent.value.seq) {
      yield old.value
      old = await archive.next()
    } else {
      yield recent.value.kind === 'lost' ? old.value : recent.value
      ;[old, recent] = [await archive.next(), await journal.next()]
    }
  }
}
