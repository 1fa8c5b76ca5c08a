import type { Readable } from 'node:stream'
import { type Problem, type Result } from '@playhead/protocol'
import type { Reports, Table } from '../reports.ts'
import { jsonPieces } from './jsonPieces.ts'

/** A report that is asked for: a method of `Reports`, and what it is called with. */
export type Question = {
  readonly [Method in keyof Reports]: {
    readonly method: Method
    readonly args: Parameters<Reports[Method]>
  }
}[keyof Reports]

/** What came of a question, made ready to be sent. */
export type Answer =
  | { readonly kind: 'json'; readonly pieces: readonly Uint8Array<ArrayBuffer>[] }
  | { readonly kind: 'table'; readonly format: Table['format']; readonly bytes: Readable }
  /** There is nothing of this id. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly problems: readonly [Problem, ...Problem[]] }

/** Work out a report. Rejects as the methods of `Reports` do. */
export async function answerQuestion(reports: Reports, question: Question): Promise<Answer> {
  switch (question.method) {
    case 'query': {
      const answered = await reports.query(...question.args)
      return answered.ok && 'bytes' in answered.value
        ? { kind: 'table', ...answered.value }
        : answerOf(answered)
    }
    case 'panel':
      return answerOf(await reports.panel(...question.args))
    case 'session': {
      const report = await reports.session(...question.args)
      return report === undefined ? { kind: 'unknown' } : json(report)
    }
    case 'sessions':
      return json(await reports.sessions(...question.args))
    case 'customMetadataKeys':
      return json(await reports.customMetadataKeys(...question.args))
    case 'refusals':
      return json(await reports.refusals(...question.args))
    case 'instrumentationHealth':
      return json(await reports.instrumentationHealth(...question.args))
  }
}

function answerOf(answered: Result<object>): Answer {
  return answered.ok ? json(answered.value) : { kind: 'refused', problems: answered.problems }
}

function json(value: object): Answer {
  return { kind: 'json', pieces: jsonPieces(value) }
}
