import { type Problem, ProblemCode } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import { metadataKeysDefault, metadataKeysMax } from '../../reports/customMetadataKeys.ts'
import { refusalsDefault, refusalsMax } from '../../rejections/listRefusals.ts'
import { listLimitDefault } from '../../reports/listSessions.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import {
  emptyRange,
  listDimensions,
  listFilters,
  listReaders,
  rangeParsers,
  parseRangedQuery,
  someText,
} from './listQuery.ts'
import { flag, integer, oneOf, parseQuery } from './parseQuery.ts'
import type { ReportsFor } from './reportsFor.ts'
import { refuse } from '../server/refuse.ts'
import { sendReport } from './sendReport.ts'

interface SidParams {
  readonly Params: { readonly sid: string }
}

/** The reporting API. It has no CORS headers: what viewers watch is not for any page that asks. */
export function reportingRoutes(app: FastifyInstance, reportsFor: ReportsFor): void {
  app.get('/reporting/v1/sessions', async (request, reply) => {
    const dimensions = listDimensions(Object.keys(request.query as object))
    const query = parseQuery(request.query, { ...listReaders, ...dimensions })
    if (!query.ok) return refuse(reply, query.problems)
    const { limit = listLimitDefault, from, to, before, q: search, filters, segments, ...equal } = query.value
    const problems: Problem[] = emptyRange({ from, to })
    const narrowed = listFilters({ filters, segments, equal }, problems)
    const [problem, ...others] = problems
    if (problem) return refuse(reply, [problem, ...others])
    const list = { limit, fromMs: from, toMs: to, before, search, filters: narrowed }
    return sendReport(request, reply, reportsFor, (reports) => reports.sessions(list))
  })
  app.get<SidParams>('/reporting/v1/sessions/:sid', async (request, reply) => {
    const query = parseQuery(request.query, { events: flag, explain: flag })
    if (!query.ok) return refuse(reply, query.problems)
    const { events = false, explain = false } = query.value
    const options = { withEvents: events, withExplanation: explain }
    const { sid } = request.params
    return sendReport(request, reply, reportsFor, (reports) => reports.session(sid, options))
  })
  app.get('/reporting/v1/custom-metadata', async (request, reply) => {
    const query = parseRangedQuery(request.query, { ...rangeParsers, limit: integer(1, metadataKeysMax) })
    if (!query.ok) return refuse(reply, query.problems)
    const { limit = metadataKeysDefault, from, to } = query.value
    const keys = { limit, fromMs: from, toMs: to }
    return sendReport(request, reply, reportsFor, (reports) => reports.customMetadataKeys(keys))
  })
  app.get('/reporting/v1/diagnostics', async (request, reply) => {
    const query = parseRangedQuery(request.query, rangeParsers)
    if (!query.ok) return refuse(reply, query.problems)
    const { from, to } = query.value
    const range = { fromMs: from, toMs: to }
    return sendReport(request, reply, reportsFor, (reports) => reports.instrumentationHealth(range))
  })
  app.get('/reporting/v1/refusals', async (request, reply) => {
    const query = parseRangedQuery(request.query, refusalReaders)
    if (!query.ok) return refuse(reply, query.problems)
    const { limit = refusalsDefault, from, to, code, sid } = query.value
    const list = { limit, fromMs: from, toMs: to, code, sid }
    return sendReport(request, reply, reportsFor, (reports) => reports.refusals(list))
  })
  refuseOtherMethods(app, '/reporting/v1/custom-metadata', ['GET', 'HEAD'])
  refuseOtherMethods(app, '/reporting/v1/diagnostics', ['GET', 'HEAD'])
  refuseOtherMethods(app, '/reporting/v1/refusals', ['GET', 'HEAD'])
  refuseOtherMethods(app, '/reporting/v1/sessions', ['GET', 'HEAD'])
  refuseOtherMethods(app, '/reporting/v1/sessions/:sid', ['GET', 'HEAD'])
}

const refusalReaders = {
  ...rangeParsers,
  limit: integer(1, refusalsMax),
  code: oneOf(Object.values(ProblemCode)),
  sid: someText,
}
