import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import { type Problem, ProblemCode } from '@playhead/protocol'
import type { Cors } from '../server/cors.ts'
import type { RequestObserver } from '../server/observeRequests.ts'
import { closeAfter } from '../server/closeAfter.ts'
import { rawRefusal } from '../server/rawRefusal.ts'

/** Connections beyond the limit that are being told so; those beyond these are closed without a word. */
const turnedAwayMax = 100

/**
 * Let so many connections be open, and tell a newcomer beyond them that it cannot be served. HTTP never sees its
 * connection, so that nothing it sends is taken; TLS does not either, so there is nothing it could be told.
 */
export function limitConnections(
  server: Server,
  connectionsMax: number,
  cors: Cors,
  observer: RequestObserver,
): void {
  const serve = server.listeners('connection') as ((socket: Socket) => void)[]
  const refusal = rawRefusal(503, cors, connectionsTooMany)
  let open = 0
  server.maxConnections = connectionsMax + turnedAwayMax
  server.removeAllListeners('connection')
  server.on('connection', (socket) => {
    if (open < connectionsMax) {
      open += 1
      socket.once('close', () => (open -= 1))
      for (const listener of serve) listener.call(server, socket)
    } else if (server instanceof TlsServer) {
      socket.destroy()
    } else {
      observer.refused([ProblemCode.connectionsTooMany])
      closeAfter(socket, refusal)
    }
  })
}

const connectionsTooMany: Problem = {
  code: ProblemCode.connectionsTooMany,
  pointer: '',
  message: 'As many connections are open as may be.',
}
