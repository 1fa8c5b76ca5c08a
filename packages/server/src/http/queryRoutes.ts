import { gzipSync } from 'node:zlib'
import { catalogue, type Fault } from '@playhead/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readJson } from '../ingest/readJson.ts'
import { panelNames } from '../report/reports.ts'
import { bodyOf } from './bodyOf.ts'
import { refuseOtherMethods } from './methods.ts'
import { readQuery, refuseParameters } from './readQuery.ts'
import { refuse } from './refuse.ts'
import type { ReportsFor } from './reportsFor.ts'
import { sendReport } from './sendReport.ts'
import { type Packed, sendSmallest } from './sendSmallest.ts'

/** Reports over many sessions: the catalogue, queries, panels. */
export function queryRoutes(app: FastifyInstance, reportsFor: ReportsFor): void {
  const packed = packCatalogue()
  app.get('/reporting/v1/catalog', { preHandler: refuseParameters }, (request, reply) => {
    void reply.type('application/json; charset=utf-8')
    return sendSmallest(request, reply, packed)
  })
  app.post('/reporting/v1/query', async (request, reply) => {
    const asked = readQuestion(request)
    if (!asked.ok) return refuse(reply, asked.faults)
    return sendReport(request, reply, reportsFor, (reports) => reports.query(asked.value))
  })
  for (const name of panelNames) {
    const path = `/reporting/v1/panels/${name}`
    app.post(path, async (request, reply) => {
      const asked = readQuestion(request)
      if (!asked.ok) return refuse(reply, asked.faults)
      return sendReport(request, reply, reportsFor, (reports) => reports.panel(name, asked.value))
    })
    refuseOtherMethods(app, path, ['POST'])
  }
  refuseOtherMethods(app, '/reporting/v1/catalog', ['GET', 'HEAD'])
  refuseOtherMethods(app, '/reporting/v1/query', ['POST'])
}

type Question =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly faults: readonly [Fault, ...Fault[]] }

/** What is asked for is in the body, and nothing of it in the address. */
function readQuestion(request: FastifyRequest): Question {
  const parameters = readQuery(request.query, {}, 'none: what is asked for is in the body')
  if (!parameters.ok) return parameters
  const body = readJson(bodyOf(request))
  return body.ok ? body : { ok: false, faults: [body.fault] }
}

/** Every page of the dashboard reads it, and it is the same for everybody. */
function packCatalogue(): Packed {
  const plain = Buffer.from(JSON.stringify(catalogue))
  return { plain, gzip: gzipSync(plain) }
}
