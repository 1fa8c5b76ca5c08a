import type { Problem } from '@playhead/protocol'
import type { SessionRules } from '@playhead/engine'
import type { ExportFormat } from '../../clickhouse/exportRows.ts'
import type { Table } from '../reports.ts'
import type { Question } from './answerQuestion.ts'
import type { SentError } from './sentError.ts'

/** What a report worker is started with. */
export interface ReportWorkerData {
  readonly rules: SessionRules
}

/** Report suites that whoever asks may see; `undefined`: all of them. */
export type Suites = readonly string[] | undefined

/** A statement for the store, whose connection is in the main thread. */
export interface ReadRequest {
  readonly suites: Suites
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
  readonly format: ExportFormat
}

/** Bytes in pieces, by the id of what they answer. The receiver says `more` for each piece that it has used. */
export type Bytes =
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly id: number; readonly error?: SentError }
export type BytesWanted =
  | { readonly kind: 'more'; readonly id: number }
  /** Nobody wants the rest. */
  | { readonly kind: 'stop'; readonly id: number }

/** From the main thread to the report worker: questions, and the rows that it reads. */
export type ToReportWorker =
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question; readonly suites: Suites }
  | { readonly kind: 'ping' }
  /** The bytes of a read, or what was said of those of a table. */
  | { readonly kind: 'read'; readonly of: Bytes }
  | { readonly kind: 'table'; readonly of: BytesWanted }

/** From the report worker to the main thread: answers, and what it has to read for them. */
export type FromReportWorker =
  | { readonly kind: 'pong' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: SentAnswer }
  | { readonly kind: 'failed'; readonly id: number; readonly error: SentError }
  | { readonly kind: 'reading'; readonly id: number; readonly request: ReadRequest }
  | { readonly kind: 'read'; readonly of: BytesWanted }
  | { readonly kind: 'table'; readonly of: Bytes }

/** The bytes of a table follow. */
export type SentAnswer =
  | { readonly kind: 'json'; readonly pieces: readonly Uint8Array<ArrayBuffer>[] }
  | { readonly kind: 'table'; readonly format: Table['format'] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly problems: readonly [Problem, ...Problem[]] }
