import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { ReportQuery, ReportResult } from '@playhead/protocol/reporting'
import { useEffect, useMemo, useState } from 'react'
import { fetchJson } from './fetchJson.ts'
import { type Period, periodOf } from './period.ts'
import { useView } from './useView.ts'
import type { View } from './view.ts'
import { useOnly } from '../components/ViewOnly.tsx'
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
