import { onTestFinished } from 'vitest'
import { type Journal, type JournalOptions, openJournal } from '../../src/log/journal.ts'

/** A journal that is closed when the test ends, if not before. */
export async function openForTest(options: JournalOptions): Promise<Journal> {
  const journal = await openJournal(options)
  onTestFinished(() => journal.close())
  return journal
}
