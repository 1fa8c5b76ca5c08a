import { expect, test } from 'vitest'
import { arrivalsOf, readTimeline } from '@playhead/testing/timelines/readTimeline.ts'
import type { LogRecord } from 'playhead/src/log/record.ts'
import { emptyBatch } from 'playhead/src/projection/batch.ts'
import { createOpenSessions } from 'playhead/src/projection/openSessions.ts'
import { rules, startMs } from '@playhead/testing/sessions/script.ts'

type EventRecord = Extract<LogRecord, { kind: 'event' }>

/** The records of a worked session, as they would lie in a journal that has nothing else in it. */
function recordsOf(name: string): EventRecord[] {
  const timeline = readTimeline(`${import.meta.dirname}/../../../timelines/${name}.md`)
  return arrivalsOf(timeline, startMs).map(({ atMs, body }) => ({
    kind: 'event',
    seq: 0,
    receivedAtMs: atMs,
    sid: name,
    body: Buffer.from(JSON.stringify(body)),
  }))
}

/** What is stored of the results of these records, session by session, whatever their places in the journal. */
function resultsOf(records: readonly EventRecord[]): Map<string, object> {
  const batch = emptyBatch(1)
  const openSessions = createOpenSessions(rules, [])
  for (const [index, record] of records.entries()) openSessions.apply({ ...record, seq: index + 1 }, batch)
  expect(openSessions.sessions()).toEqual([])
  return new Map([...batch.rows.sessions].map(([sid, row]) => [sid, { ...row, version: undefined }]))
}

test('the sessions of two players at once come out as if each had been alone', () => {
  const film = recordsOf('two-players-film')
  const song = recordsOf('two-players-song')
  const together = [...film, ...song].toSorted((a, b) => a.receivedAtMs - b.receivedAtMs)
  expect(resultsOf(together)).toEqual(new Map([...resultsOf(film), ...resultsOf(song)]))
})
