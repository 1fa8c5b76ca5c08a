import type { Reader } from '../access/access.ts'
import type { Reports } from '../report/reports.ts'

/** The reports as one reader sees them. There is no other way to a report: nobody can forget to say who asks. */
export type ReportsFor = (reader: Reader) => Reports
