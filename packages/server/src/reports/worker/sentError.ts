import { ClickHouseError } from '@clickhouse/client'
import type { Problem } from '@playhead/protocol'
import { StoreUnavailable } from '../../clickhouse/storeUnavailable.ts'
import { ReportRefused } from '../reportRefused.ts'

/** An error on its way to another thread, where it has to be of the same class: a copy has none. */
export type SentError =
  | { readonly of: 'clickHouse'; readonly message: string; readonly code: string; readonly type?: string }
  | { readonly of: 'storeUnavailable'; readonly reason: string }
  | { readonly of: 'reportRefused'; readonly problem: Problem }
  | { readonly of: 'other'; readonly message: string; readonly stack: string | undefined }

export function sendError(error: unknown): SentError {
  if (error instanceof ClickHouseError) {
    const { message, code, type } = error
    return { of: 'clickHouse', message, code, ...(type !== undefined && { type }) }
  }
  if (error instanceof StoreUnavailable) return { of: 'storeUnavailable', reason: error.reason }
  if (error instanceof ReportRefused) return { of: 'reportRefused', problem: error.problem }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { of: 'other', message, stack }
}

export function receiveError(sent: SentError): Error {
  switch (sent.of) {
    case 'clickHouse':
      return new ClickHouseError(sent)
    case 'storeUnavailable':
      return new StoreUnavailable(sent.reason)
    case 'reportRefused':
      return new ReportRefused(sent.problem)
    case 'other':
      return Object.assign(new Error(sent.message), { stack: sent.stack })
  }
}
