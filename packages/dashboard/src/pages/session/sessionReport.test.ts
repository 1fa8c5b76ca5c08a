import type { SessionReport } from '@playhead/protocol/reporting'
import { expect, test } from 'vitest'
import { explained } from './sessionReport.ts'

/** An event as it was sent, its clock an hour ahead from the third on. */
const sent = (seq: number, ts: number) => ({ seq, eventType: 'ping', playerTime: { ts, playhead: 0 } })
const applied = (seq: number, ts: number) => ({ seq, ts })

test('events stand where the session has them, also after the clock of the device has jumped', () => {
  const report = {
    events: [sent(1, 0), sent(2, 10_000), sent(3, 3_620_000), sent(3, 3_620_000), sent(4, 3_630_000)],
    explanation: { moments: [applied(1, 0), applied(2, 10_000), applied(3, 20_000), applied(4, 30_000)] },
  } as unknown as SessionReport
  expect(explained(report)?.events.map(({ at }) => at)).toEqual([0, 10_000, 20_000, 20_000, 30_000])
})

test('without its events there is nothing to explain', () => {
  expect(explained({ events: [] } as unknown as SessionReport)).toBeUndefined()
})
