import { expect, test } from 'vitest'
import { run, startMs } from '../../test/session/script.ts'
import { Oddity } from './oddity.ts'

test('an event within the grace is taken, and the session goes on', () => {
  const { closed, notices } = run([0, 0, 'play'], [10, 10, 'ping'], [669.999, 669.999, 'sessionEnd'])
  expect(closed.close).toMatchObject({
    cause: 'sessionEnd',
    closedAtMs: startMs + 669_999,
    sinceLastCallMs: 0,
  })
  expect(closed.metrics.contentTimeSpent).toBe(669_999)
  expect(notices.map(({ oddity }) => oddity)).toEqual([Oddity.pingGap, Oddity.playheadBeyondLength])
})

test('an event after it comes too late: the session was closed, by its last event', () => {
  const { closed, notices } = run([0, 0, 'play'], [10, 10, 'ping'], [670, 670, 'ping'])
  expect(closed.close).toEqual({ cause: 'idle', closedAtMs: startMs + 610_000, sinceLastCallMs: 600_000 })
  expect(closed.metrics.contentTimeSpent).toBe(10_000)
  expect(notices).toMatchObject([{ seq: 4, oddity: Oddity.eventAfterClose }])
})

test('an event after the end changes nothing; another end is not even remarked on', () => {
  const { reports, notices } = run(
    [0, 0, 'play'],
    [10, 10, 'sessionEnd'],
    [10, 10, 'sessionEnd'],
    [20, 20, 'ping'],
  )
  expect(reports).toEqual(['sessionStarted', 'sessionClosed'])
  expect(notices.map(({ seq, oddity }) => `${seq} ${oddity}`)).toEqual(['5 event_after_close'])
})
