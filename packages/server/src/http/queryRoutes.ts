import { gzipSync } from 'node:zlib'
import { catalogue, type Fault } from '@playhead/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readJson } from '../ingest/readJson.ts'
import { panelNames, type Table } from '../report/reports.ts'
import { bodyOf } from './bodyOf.ts'
import { refuseOtherMethods } from './methods.ts'
import { readQuery } from './readQuery.ts'
import { refuse } from './refuse.ts'
import type { ReportsFor } from './reportsFor.ts'
import { type Packed, sendSmallest } from './sendSmallest.ts'

/** How a file is announced. */
const mediaTypes: Readonly<Record<Table['format'], string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

/** Reports over many sessions: the catalogue, queries, panels. */
export function queryRoutes(app: FastifyInstance, reportsFor: ReportsFor): void {
  const packed = packCatalogue()
  app.get('/reporting/v1/catalog', (request, reply) => {
    void reply.type('application/json; charset=utf-8')
    return sendSmallest(request, reply, packed)
  })
  app.post('/reporting/v1/query', async (request, reply) => {
    const asked = readQuestion(request)
    if (!asked.ok) return refuse(reply, asked.faults)
    const result = await reportsFor(request.reader).query(asked.value)
    if (!result.ok) return refuse(reply, result.faults)
    return 'bytes' in result.answer ? sendTable(reply, result.answer) : reply.send(result.answer)
  })
  for (const name of panelNames) {
    const path = `/reporting/v1/panels/${name}`
    app.post(path, async (request, reply) => {
      const asked = readQuestion(request)
      if (!asked.ok) return refuse(reply, asked.faults)
      const result = await reportsFor(request.reader).panel(name, asked.value)
      return result.ok ? reply.send(result.answer) : refuse(reply, result.faults)
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
  const parameters = readQuery(request.query, {})
  if (!parameters.ok) return parameters
  const body = readJson(bodyOf(request))
  return body.ok ? body : { ok: false, faults: [body.fault] }
}

/** Every page of the dashboard reads it, and it is the same for everybody. */
function packCatalogue(): Packed {
  const plain = Buffer.from(JSON.stringify(catalogue))
  return { plain, gzip: gzipSync(plain) }
}

function sendTable(reply: FastifyReply, { format, bytes }: Table): FastifyReply {
  return reply
    .type(mediaTypes[format])
    .header('content-disposition', `attachment; filename="report.${format}"`)
    .send(bytes)
}
