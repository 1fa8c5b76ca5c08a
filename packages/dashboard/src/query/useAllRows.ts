import type { ReportResult, ReportRow } from '@playhead/protocol/reporting'
import { fetchJson } from './fetchJson.ts'
import { type AllRows, allOf } from './allOf.ts'
import { questionOf } from './question.ts'
import { usePeriod, useWholeView } from './useReport.ts'

/** Rows on one page of a report at most; the server gives no more. */
const pageRows = 10_000

/** A way to ask for every row of a report of what the page looks at. */
export function useAllRows(
  ask: Parameters<typeof questionOf>[2],
): (signal: AbortSignal) => Promise<AllRows<ReportRow>> {
  const question = questionOf(useWholeView(), usePeriod(), { ...ask, limit: pageRows, totals: false })
  return (signal) =>
    allOf(async (offset) => {
      const body = { ...question, offset }
      const path = 'reporting/v1/query'
      const { rows, page } = await fetchJson<ReportResult>(path, { method: 'POST', body, signal })
      return { rows, hasMore: page.rows > offset + rows.length }
    })
}
