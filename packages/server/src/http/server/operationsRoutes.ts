import type { FastifyInstance } from 'fastify'
import type { Access } from '../../auth/access.ts'
import type { ClockHealth } from '../../ingest/clockHealth.ts'
import { callerOf, guard, guardWhole } from './guard.ts'
import { refuseOtherMethods } from './methods.ts'

/** How the parts of the server are. */
export interface Health extends ClockHealth {
  /** Whether events can be made durable: the only thing that collecting needs. */
  readonly journal: 'ok' | 'full' | 'failed'
  /** Why the journal takes nothing, if so. */
  readonly journalDetail?: string
  /** Size of the journal on disk, and what of it is needed still: it is not in the store, or the checkpoint is older. */
  readonly journalBytes: number
  readonly journalBacklogBytes: number
  /** Whether reports can be read, and what was collected can be stored. */
  readonly store: 'starting' | 'ready' | 'down'
  /** Why the store is not ready, or what is missing in it, if it has said so. */
  readonly storeDetail?: string
  /** Why the store does not take what is in the journal, if so. */
  readonly storeTrouble?: string
  /** Rows that the store refuses for what they are, kept in the folder `quarantine`. */
  readonly quarantinedRows: number
  /** Why the last checkpoint could not be written, if so: the journal grows, and is tried again each minute. */
  readonly checkpointTrouble?: string
  /** Records in the journal that are not in the store yet. */
  readonly storeLagRecords: number
  readonly openSessions: number
  /** Beyond it starts get 503. */
  readonly openSessionsMax: number
}

/** What Prometheus reads. */
export interface Exposition {
  readonly contentType: string
  readonly text: () => Promise<string>
}

export interface Operations {
  readonly health: () => Health
  /** Whether it has been told to stop: it answers what comes, and will soon be gone. */
  readonly isStopping: () => boolean
  readonly exposition: Exposition
  readonly access: Access
}

/**
 * `/healthz`: the process answers. `/readyz`: it can take events; a store that is down does not change that,
 * since taking the server out of service for it would lose what the journal would have kept. Both answer everyone;
 * how the parts are is for those who may see the whole. `/metrics`: figures for Prometheus, for the same.
 */
export function operationsRoutes(
  app: FastifyInstance,
  { health, isStopping, exposition, access }: Operations,
): void {
  void app.register(async (scope) => {
    guard(scope, access)
    guardWhole(scope)
    scope.get('/metrics', async (_request, reply) =>
      reply.type(exposition.contentType).send(await exposition.text()),
    )
    refuseOtherMethods(scope, '/metrics', ['GET', 'HEAD'])
  })
  app.get('/healthz', () => ({ status: 'ok' }))
  app.get('/readyz', (request, reply) => {
    const parts = health()
    const asked = access.admit(callerOf(request))
    const isShown = asked.ok && asked.reader.suites === undefined
    const status = isStopping() ? 'stopping' : parts.journal === 'ok' ? 'ready' : 'not ready'
    return reply.code(status === 'ready' ? 200 : 503).send({ status, ...(isShown && parts) })
  })
  refuseOtherMethods(app, '/healthz', ['GET', 'HEAD'])
  refuseOtherMethods(app, '/readyz', ['GET', 'HEAD'])
}
