import { expect, test } from 'vitest'
import { type Hooks, hookedFiles } from '../../test/journal/hookedFiles.ts'
import { openForTest } from '../../test/journal/openForTest.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { rules, startMs } from '@playhead/testing/sessions/script.ts'
import { eventBody, startBody } from '@playhead/testing/player.ts'
import { createGate } from './gate.ts'
import { createIngest, type Ingest } from './ingest.ts'
import { sessionIds } from '../events/sessionId.ts'

const start = Buffer.from(JSON.stringify(startBody(startMs, { 'analytics.visitorId': 'v' })))
const sender = { address: '192.0.2.1' }

/** An ingest whose clock stands until it is moved, on a journal whose syncs a test can hold or break. */
async function ingestFor(hooks: Hooks = {}) {
  const journal = await openForTest({ dir: await temporaryFolder(), files: hookedFiles(hooks) })
  let nowMs = startMs
  const ingest = createIngest({
    journal,
    gate: createGate(rules),
    ids: sessionIds([{ id: 1, secret: Buffer.alloc(32, 1) }]),
    policy: 'documented',
    admission: { orgIds: [], reportSuites: [], origins: [] },
    capacity: { refuseStart: () => undefined, refuseDownload: () => undefined, refuseEvent: () => undefined },
    eventBodyMaxBytes: 65_536,
    timeouts: rules.timeouts,
    clock: { now: () => nowMs, offsetMs: 0 },
  })
  return { ingest, journal, setTime: (atS: number) => (nowMs = startMs + atS * 1000) }
}

async function opened(ingest: Ingest, body = start, from = sender): Promise<string> {
  const verdict = await ingest.openSession(body, from)
  if (!verdict.ok) throw new Error(verdict.problems[0].message)
  return verdict.value.sid
}

test('a repeated start gets the id of the first, and is an event of its session', async () => {
  const { ingest, journal, setTime } = await ingestFor()
  const sid = await opened(ingest)
  setTime(60)
  expect(await opened(ingest)).toBe(sid)
  expect(journal.lastSeq).toBe(2)
  setTime(60.001)
  expect(await opened(ingest)).not.toBe(sid)
})

test('one that comes while the first is being written waits for the same sync', async () => {
  const hooks: Hooks = {}
  const { ingest } = await ingestFor(hooks)
  let release = (): void => {}
  let isBegun = (): void => {}
  const begun = new Promise<void>((resolve) => (isBegun = resolve))
  hooks.datasync = async (real) => {
    isBegun()
    await new Promise<void>((resolve) => (release = resolve))
    delete hooks.datasync
    await real.datasync()
  }
  const answered: string[] = []
  const answers = [opened(ingest), opened(ingest), opened(ingest)]
  for (const answer of answers) void answer.then((sid) => answered.push(sid))
  await begun
  await new Promise(setImmediate)
  expect(answered).toEqual([])
  release()
  const [first, ...others] = await Promise.all(answers)
  expect(others).toEqual([first, first])
})

test('of those that wait for a first one which cannot be written, one opens a session', async () => {
  const hooks: Hooks = {}
  const { ingest } = await ingestFor(hooks)
  hooks.write = async () => {
    delete hooks.write
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  }
  const [first, ...others] = await Promise.all([1, 2, 3].map(async () => ingest.openSession(start, sender)))
  expect(first).toMatchObject({ ok: false })
  const sids = new Set(others.map((verdict) => (verdict.ok ? verdict.value.sid : verdict.problems[0].code)))
  expect(sids.size).toBe(1)
})

test('after the first event of its session, from elsewhere, or with another byte it opens another session', async () => {
  const { ingest } = await ingestFor()
  const sid = await opened(ingest)
  expect(await opened(ingest, start, { address: '192.0.2.2' })).not.toBe(sid)
  expect(await opened(ingest, Buffer.concat([start, Buffer.from(' ')]))).not.toBe(sid)
  const ping = Buffer.from(JSON.stringify(eventBody('ping', startMs + 1, 0)))
  expect(await ingest.takeEvent(sid, ping)).toMatchObject({ ok: true })
  const another = await opened(ingest)
  expect(another).not.toBe(sid)
  expect(await opened(ingest)).toBe(another)
})

test('a session that is over by then is not opened again', async () => {
  const timeouts = { ...rules.timeouts, idleMs: 10_000, graceMs: 0 }
  const journal = await openForTest({ dir: await temporaryFolder() })
  let nowMs = startMs
  const ingest = createIngest({
    journal,
    gate: createGate({ ...rules, timeouts }),
    ids: sessionIds([{ id: 1, secret: Buffer.alloc(32, 1) }]),
    policy: 'documented',
    admission: { orgIds: [], reportSuites: [], origins: [] },
    capacity: { refuseStart: () => undefined, refuseDownload: () => undefined, refuseEvent: () => undefined },
    eventBodyMaxBytes: 65_536,
    timeouts: rules.timeouts,
    clock: { now: () => nowMs, offsetMs: 0 },
  })
  const sid = await opened(ingest)
  nowMs += 10_000
  expect(await opened(ingest)).not.toBe(sid)
})
