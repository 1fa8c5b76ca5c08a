import type { Explanation, SessionReport } from '@playhead/protocol/reporting'

export type { Explanation, Interval, SessionReport, Stretch } from '@playhead/protocol/reporting'

/** A session whose events are all kept: they show where each figure comes from. */
export interface ExplainedReport extends SessionReport {
  readonly events: TimedEvent[]
  readonly explanation: Explanation
}

export type TimedEvent = NonNullable<SessionReport['events']>[number] & {
  /** When it happened by the session's own clock, epoch milliseconds: where the device's clock jumps, `ts` says another time. */
  readonly at: number
}

/** The report with its events in time; undefined where they do not explain it. */
export function explained(report: SessionReport): ExplainedReport | undefined {
  const { events, explanation } = report
  if (events === undefined || explanation === undefined) return undefined
  const times = new Map(explanation.moments.map(({ seq, ts }) => [seq, ts]))
  const [first] = explanation.moments
  let last = first?.ts ?? 0
  return {
    ...report,
    explanation,
    // What changed nothing, a repeated event say, stands beside the one that came before it.
    events: events.map((event) => {
      last = times.get(event.seq) ?? last
      return { ...event, at: last }
    }),
  }
}
