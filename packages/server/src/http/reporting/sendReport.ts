import { type Problem, ProblemCode } from '@playhead/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sent, SentReports } from '../../reports/worker/reportDesk.ts'
import { clientOf } from '../limits/clientRate.ts'
import { refuse } from '../server/refuse.ts'
import type { ReportsFor } from './reportsFor.ts'

/** How a file is announced. */
const mediaTypes: Readonly<Record<Extract<Sent, { kind: 'table' }>['format'], string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

/** Answer a request with a report, or with why there is none. */
export async function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  reportsFor: ReportsFor,
  ask: (reports: SentReports) => Promise<Sent>,
): Promise<FastifyReply> {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort(new Error('the client has gone')))
  const reports = reportsFor({ reader: request.reader, client: clientOf(request.ip), signal: gone.signal })
  const answer = await ask(reports).catch((error: unknown) => {
    if (gone.signal.aborted) return undefined
    throw error
  })
  if (answer === undefined) return reply.hijack()
  switch (answer.kind) {
    case 'json':
      return reply
        .type('application/json; charset=utf-8')
        .header('content-length', answer.length)
        .send(answer.bytes)
    case 'table':
      return reply
        .type(mediaTypes[answer.format])
        .header('content-disposition', `attachment; filename="report.${answer.format}"`)
        .send(answer.bytes)
    case 'unknown':
      return refuse(reply, [notReported])
    case 'refused':
      return refuse(reply, answer.problems)
  }
}

const notReported: Problem = {
  code: ProblemCode.sessionUnknown,
  pointer: '',
  message: 'The store knows no session of this id.',
  hint: 'What was just sent appears about a second later.',
}
