import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { collect, event } from '../../test/journal/records.ts'
import { until } from '@playhead/testing/server/until.ts'
import { type Journal, openJournal } from '../log/journal.ts'
import { createGate, type Gate } from './gate.ts'
import { type LogClock, startLogClock } from './logClock.ts'

const timeouts = { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 }
const startMs = 1_700_000_000_000

let dir: string
let journal: Journal
let gate: Gate
let logClock: LogClock
/** How often the log's clock has looked at the time. */
let looks: number
let nowMs: number
let offsetMs: number
let correctionMs: number | undefined

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'playhead-clock-'))
  journal = await openJournal({ dir })
  gate = createGate({ timeouts, reorderWindowMs: 5000, areSeekedMarkersSkipped: false })
  looks = 0
  nowMs = startMs
  offsetMs = 0
  correctionMs = undefined
  const clock = {
    now(): number {
      looks += 1
      return nowMs
    },
    get offsetMs() {
      return offsetMs
    },
    get correctionMs() {
      return correctionMs
    },
    correct(byMs: number): void {
      expect(journal.lastSeq).toBe(1)
      offsetMs += byMs
      correctionMs = undefined
    },
  }
  logClock = startLogClock({ journal, gate, clock, onError: (error) => expect.unreachable(String(error)) })
})
afterEach(async () => {
  await logClock.stop()
  await journal.close()
  await rm(dir, { recursive: true })
})

const untilLooks = (count: number) => until(`${count} looks at the time`, async () => looks >= count)
const start = { type: 'sessionStart', receivedAtMs: startMs, tsMs: startMs, playheadMs: 0 }

test('while a session is open the time is written each second, though nothing arrives, until it is closed', async () => {
  gate.note('session', start)
  await untilLooks(3)
  expect(journal.lastSeq).toBeGreaterThanOrEqual(2)
  nowMs = startMs + timeouts.idleMs + timeouts.graceMs
  await until('the session to be forgotten', async () => gate.openSessions === 0)
  const { lastSeq, lastReceivedAtMs } = journal
  expect(lastReceivedAtMs).toBe(nowMs)
  await untilLooks(looks + 2)
  expect(journal.lastSeq).toBe(lastSeq)
})

test('without open sessions an event is told the time once, and then nothing is written', async () => {
  await untilLooks(1)
  expect(journal.lastSeq).toBe(0)
  await journal.append(event('late'))
  await until('the time to be written', async () => journal.lastSeq === 2)
  await untilLooks(looks + 2)
  expect(journal.lastSeq).toBe(2)
})

test('after a correction the time says how far the calendar is ahead', async () => {
  offsetMs = 86_400_000
  gate.note('session', start, offsetMs)
  await until('the time to be written', async () => journal.lastSeq >= 1)
  const [first] = await collect(journal.readFrom(1, { follow: false }))
  expect(first).toEqual({ kind: 'clock', seq: 1, receivedAtMs: startMs, clockOffsetMs: 86_400_000 })
})

test('a correction is in the log before it counts, also where no session is open', async () => {
  correctionMs = -86_400_000
  await until('the correction to count', async () => offsetMs === -86_400_000)
  const records = await collect(journal.readFrom(1, { follow: false }))
  expect(records).toEqual([{ kind: 'clock', seq: 1, receivedAtMs: startMs, clockOffsetMs: -86_400_000 }])
})
