import { gzipSync } from 'node:zlib'
import { catalogue, type Result } from '@playhead/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readJson } from '../../events/readJson.ts'
import { panelNames } from '../../reports/reports.ts'
import { bodyOf } from '../collection/bodyOf.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { parseQuery, refuseParameters } from './parseQuery.ts'
import { refuse } from '../server/refuse.ts'
import type { ReportsFor } from './reportsFor.ts'
import { sendReport } from './sendReport.ts'
import { type Packed, sendSmallest } from '../server/sendSmallest.ts'

/** Reports over many sessions: the catalogue, queries, panels. */
export function queryRoutes(app: FastifyInstance, reportsFor: ReportsFor): void {
  const packed = packCatalogue()
  app.get('/reporting/v1/catalog', { preHandler: refuseParameters }, (request, reply) => {
    void reply.type('application/json; charset=utf-8')
    return sendSmallest(request, reply, packed)
  })
  app.post('/reporting/v1/query', async (request, reply) => {
    const asked = readQuestion(request)
    if (!asked.ok) return refuse(reply, asked.problems)
    return sendReport(request, reply, reportsFor, (reports) => reports.query(asked.value))
  })
  for (const name of panelNames) {
    const path = `/reporting/v1/panels/${name}`
    app.post(path, async (request, reply) => {
      const asked = readQuestion(request)
      if (!asked.ok) return refuse(reply, asked.problems)
      return sendReport(request, reply, reportsFor, (reports) => reports.panel(name, asked.value))
    })
    refuseOtherMethods(app, path, ['POST'])
  }
  refuseOtherMethods(app, '/reporting/v1/catalog', ['GET', 'HEAD'])
  refuseOtherMethods(app, '/reporting/v1/query', ['POST'])
}

/** What is asked for is in the body, and nothing of it in the address. */
function readQuestion(request: FastifyRequest): Result<unknown> {
  const parameters = parseQuery(request.query, {}, 'none: what is asked for is in the body')
  if (!parameters.ok) return parameters
  return readJson(bodyOf(request))
}

/** Every page of the dashboard reads it, and it is the same for everybody. */
function packCatalogue(): Packed {
  const plain = Buffer.from(JSON.stringify(catalogue))
  return { plain, gzip: gzipSync(plain) }
}
