import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { CustomMetadataKeys } from '@playhead/protocol/reporting'
import { fetchJson } from './fetchJson.ts'
import { daysAround } from './period.ts'
import { usePeriod } from './useReport.ts'

/** The dimensions of custom metadata, `c.<key>`, that players have sent; those of most sessions first. */
export function useMetadataDimensions(isWanted = true): UseQueryResult<readonly string[]> {
  // All sessions are read for it, and keys seldom change: a period up to now is asked about once a day, not every minute.
  const { from, to } = daysAround(usePeriod())
  return useQuery({
    queryKey: ['custom metadata', from, to],
    enabled: isWanted,
    queryFn: ({ signal }) =>
      fetchJson<CustomMetadataKeys>(`reporting/v1/custom-metadata?from=${from}&to=${to}`, { signal }),
    select: ({ keys }) => keys.map(({ key }) => `c.${key}`),
    // The first ones are shown at the next visit.
    staleTime: ({ state }) => (state.data?.keys.length ? Number.POSITIVE_INFINITY : 0),
  })
}
