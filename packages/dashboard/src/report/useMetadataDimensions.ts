import { useQuery } from '@tanstack/react-query'
import type { CustomMetadataKeys } from '@playhead/protocol/reporting'
import { fetchJson } from '../api/fetchJson.ts'
import { usePeriod } from './useReport.ts'

/** The dimensions of custom metadata, `c.<key>`, that players have sent; those of most sessions first. */
export function useMetadataDimensions(isWanted = true): readonly string[] {
  const { from, to } = usePeriod()
  const { data } = useQuery({
    queryKey: ['custom metadata', from, to],
    enabled: isWanted,
    queryFn: ({ signal }) =>
      fetchJson<CustomMetadataKeys>(`reporting/v1/custom-metadata?from=${from}&to=${to}`, { signal }),
  })
  return data?.keys.map(({ key }) => `c.${key}`) ?? []
}
