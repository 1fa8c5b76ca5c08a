import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { Catalog, ReportQuery, ReportResult, ReportRow } from '@playhead/protocol/reporting'
import { useEffect, useMemo, useState } from 'react'
import { fetchJson } from '../api/fetchJson.ts'
import { type Period, periodOf } from '../view/period.ts'
import { useView } from '../view/useView.ts'
import type { View } from '../view/view.ts'
import { useOnly } from '../view/ViewOnly.tsx'
import { isMovedOn, questionOf, type Range } from './question.ts'

const minuteMs = 60_000

/** The time that the page looks at; a range that ends now moves on every minute. */
export function usePeriod(): Period {
  const { view } = useView()
  const [minute, setMinute] = useState(() => Math.floor(Date.now() / minuteMs))
  useEffect(() => {
    const timer = setInterval(() => setMinute(Math.floor(Date.now() / minuteMs)), 5000)
    return () => clearInterval(timer)
  }, [])
  return useMemo(() => periodOf(view.range, view.timeZone, minute * minuteMs), [view, minute])
}

/** What the address says, and what the page is about. */
export function useWholeView(): View {
  const { view } = useView()
  const only = useOnly()
  return useMemo(() => ({ ...view, filters: [...view.filters, ...only] }), [view, only])
}

/** Ask for a report of what the page looks at. */
export function useReport(ask: Parameters<typeof questionOf>[2]): UseQueryResult<ReportResult> {
  return useAnswer<ReportResult>('query', questionOf(useWholeView(), usePeriod(), ask))
}

/** Rows on one page of a report at most; the server gives no more. */
const pageRows = 10_000

/** A way to ask for every row of such a report, a page after the other. */
export function useAllRows(ask: Parameters<typeof questionOf>[2]): () => Promise<ReportRow[]> {
  const question = questionOf(useWholeView(), usePeriod(), { ...ask, limit: pageRows, totals: false })
  return async () => {
    const all: ReportRow[] = []
    for (;;) {
      const body = { ...question, offset: all.length }
      const { rows } = await fetchJson<ReportResult>('reporting/v1/query', { method: 'POST', body })
      all.push(...rows)
      if (rows.length < pageRows) return all
    }
  }
}

/** Every metric, dimension and segment there is; it does not change while the server runs. */
export function useCatalog(): UseQueryResult<Catalog> {
  return useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => fetchJson<Catalog>('reporting/v1/catalog', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Ask the reporting API; nothing is asked where nobody wants to know. */
export function useAnswer<Answer>(
  path: string,
  question: ReportQuery | Range,
  isWanted = true,
): UseQueryResult<Answer> {
  return useQuery({
    queryKey: [path, question, isWanted] as const,
    enabled: isWanted,
    queryFn: ({ signal }) =>
      fetchJson<Answer>(`reporting/v1/${path}`, { method: 'POST', body: question, signal }),
    // A period up to now is another one every minute: what was answered of the last one stays meanwhile.
    placeholderData: (before, query) => {
      const [pathBefore, questionBefore, wasWanted] = query?.queryKey ?? []
      const isOther = pathBefore !== path || wasWanted !== isWanted || questionBefore === undefined
      return isOther || !isMovedOn(questionBefore, question) ? undefined : before
    },
  })
}
