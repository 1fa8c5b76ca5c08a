import { useQuery } from '@tanstack/react-query'
import { fetchJson, Refused } from './fetchJson.ts'

/** Who asks, and what there is to be seen; null stands for nobody in particular, and for everything. */
export interface Access {
  readonly token: string | null
  readonly suites: readonly string[] | null
}

export const accessKey = ['access'] as const

export function useAccess() {
  return useQuery({
    queryKey: accessKey,
    queryFn: ({ signal }) => fetchJson<Access>('reporting/v1/access', { signal }),
    staleTime: Infinity,
  })
}

/** Whether the server wants a token first. */
export function wantsToken(error: unknown): boolean {
  return error instanceof Refused && error.status === 401
}
