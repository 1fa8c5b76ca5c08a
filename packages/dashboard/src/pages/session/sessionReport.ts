import type { SessionReport } from '@playhead/protocol/reporting'

export type { Explanation, Interval, SessionReport, Stretch } from '@playhead/protocol/reporting'

/** A session whose events are all kept: they show where each figure comes from. */
export type ExplainedReport = SessionReport & Required<Pick<SessionReport, 'events' | 'explanation'>>

export function isExplained(report: SessionReport): report is ExplainedReport {
  return report.events !== undefined && report.explanation !== undefined
}
