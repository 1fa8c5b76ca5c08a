import type { Journal } from '../../src/log/journal.ts'
import type { LogRecord, NewRecord } from '../../src/log/record.ts'

export const SID = '0123456789abcdef'.repeat(4)

/** An event with that text as its body. */
export function event(text: string, receivedAtMs = 1_700_000_000_000): NewRecord {
  return { kind: 'event', receivedAtMs, sid: SID, body: Buffer.from(text) }
}

/** All records that `readFrom` gives, in an array. */
export async function collect(records: AsyncIterable<LogRecord>): Promise<LogRecord[]> {
  const all: LogRecord[] = []
  for await (const record of records) all.push(record)
  return all
}

/** The bodies of all records kept, clock records as '(clock)'. */
export async function bodies(journal: Journal, seq = journal.firstSeq): Promise<string[]> {
  const records = await collect(journal.readFrom(seq, { follow: false }))
  return records.map((record) => (record.kind === 'event' ? record.body.toString() : '(clock)'))
}
