import type { Catalog } from '@playhead/protocol/reporting'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { fetchJson } from './fetchJson.ts'

/** Every metric, dimension and segment there is; it does not change while the server runs. */
export function useCatalog(): UseQueryResult<Catalog> {
  return useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => fetchJson<Catalog>('reporting/v1/catalog', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
