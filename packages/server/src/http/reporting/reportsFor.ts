import type { Reader } from '../../auth/access.ts'
import type { SentReports } from '../../reports/worker/reportDesk.ts'

/** Who asks for a report, and whether somebody still waits for it. */
export interface ReportRequest {
  readonly reader: Reader
  /** What counts as one client: tells readers without a token apart. */
  readonly client: string
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal
}

/** The reports as one reader sees them. There is no other way to a report: nobody can forget to say who asks. */
export type ReportsFor = (request: ReportRequest) => SentReports
