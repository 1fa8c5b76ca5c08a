import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Problem, ProblemCode } from '@playhead/protocol'
import type { Cors } from '../server/cors.ts'
import { refusalBody } from '../server/refuse.ts'
import { refusalHeaders } from '../server/rawRefusal.ts'

/** A request, and the answer that it waits for. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Requests of one connection that wait for their answers: players send one at a time, browsers too. */
export const pipelinedMax = 64

/**
 * Knows of each connection the requests that are not answered yet, and takes no more than so many: a single packet can
 * hold a thousand, each of which would be worked on at once.
 */
export class Exchanges {
  readonly #underWay = new WeakMap<Socket, Set<Exchange>>()

  /** Stand between a server and what handles its requests. */
  attach(server: Server, cors: Cors, onRefused: (code: ProblemCode) => void): void {
    const handlers = server.listeners('request') as ((
      ...exchange: [IncomingMessage, ServerResponse]
    ) => void)[]
    server.removeAllListeners('request')
    server.on('request', (request, response) => {
      const count = this.#begin({ request, response })
      if (count <= pipelinedMax) {
        for (const handle of handlers) handle.call(server, request, response)
      } else if (count === pipelinedMax + 1) {
        onRefused(tooMany.code)
        refuseLast(request, response, cors)
      }
      // What comes behind is never answered: the connection ends with the refusal.
    })
  }

  /** In the order in which they came. */
  of(socket: Socket): readonly Exchange[] {
    return [...(this.#underWay.get(socket) ?? [])]
  }

  /** @returns how many of the connection are under way now */
  #begin(exchange: Exchange): number {
    const { socket } = exchange.request
    const underWay = this.#underWay.get(socket) ?? this.#watch(socket)
    underWay.add(exchange)
    exchange.response.once('close', () => underWay.delete(exchange))
    return underWay.size
  }

  /** Node closes the answer that is being sent when its socket dies, but none that waits behind it. */
  #watch(socket: Socket): Set<Exchange> {
    const underWay = new Set<Exchange>()
    this.#underWay.set(socket, underWay)
    socket.once('close', () =>
      setImmediate(() => {
        for (const { response } of underWay) response.emit('close')
      }),
    )
    return underWay
  }
}

/** It goes out behind the answers before it; nothing more is read until then. */
function refuseLast({ headers, socket }: IncomingMessage, response: ServerResponse, cors: Cors): void {
  const body = JSON.stringify(refusalBody([tooMany]))
  response.writeHead(503, { ...cors(headers.origin), ...refusalHeaders(503, body) })
  response.end(body)
  socket.pause()
}

const tooMany: Problem = {
  code: ProblemCode.serverBusy,
  pointer: '',
  message: `More than ${pipelinedMax} requests of this connection wait for their answers; this one and those behind it were not taken.`,
}
