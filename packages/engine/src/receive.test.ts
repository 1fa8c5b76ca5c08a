import { expect, test } from 'vitest'
import { run, startMs } from '@playhead/testing/sessions/script.ts'
import { WarningCode } from './warning.ts'

test('an event within the grace is taken, and the session goes on', () => {
  const { closed, warnings } = run([0, 0, 'play'], [10, 10, 'ping'], [669.999, 669.999, 'sessionEnd'])
  expect(closed.close).toMatchObject({
    cause: 'sessionEnd',
    closedAtMs: startMs + 669_999,
    sinceLastCallMs: 0,
  })
  expect(closed.metrics.contentTimeSpent).toBe(669_999)
  expect(warnings.map(({ code }) => code)).toEqual([WarningCode.pingGap, WarningCode.playheadBeyondLength])
})

test('an event after it comes too late: the session was closed, by its last event', () => {
  const { closed, warnings } = run([0, 0, 'play'], [10, 10, 'ping'], [670, 670, 'ping'])
  expect(closed.close).toEqual({ cause: 'idle', closedAtMs: startMs + 610_000, sinceLastCallMs: 600_000 })
  expect(closed.metrics.contentTimeSpent).toBe(10_000)
  expect(warnings).toMatchObject([{ seq: 4, code: WarningCode.eventAfterClose }])
})

test('an event after the end changes nothing; another end does not even get a warning', () => {
  const { reports, warnings } = run(
    [0, 0, 'play'],
    [10, 10, 'sessionEnd'],
    [10, 10, 'sessionEnd'],
    [20, 20, 'ping'],
  )
  expect(reports).toEqual(['sessionStarted', 'sessionClosed'])
  expect(warnings.map(({ seq, code }) => `${seq} ${code}`)).toEqual(['5 event_after_close'])
})
