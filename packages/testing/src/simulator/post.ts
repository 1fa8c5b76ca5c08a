import { Agent, request } from 'node:http'

/** What a server answered. */
export interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly text: string
}

/** Sends JSON over one pool of kept connections. */
export interface Poster {
  /** Rejects when there is no answer. */
  post(path: string, json: unknown): Promise<Answer>
  close(): void
}

const timeoutMs = 30_000

/** @param localAddress the address to come from, on a machine with several; loopback has them all */
export function createPoster(url: URL, socketsMax: number, localAddress?: string): Poster {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: socketsMax,
    ...(localAddress !== undefined && { localAddress }),
  })
  const basePath = url.pathname.replace(/\/+$/, '')
  return {
    post: (path, json) =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify(json)
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
        const { hostname, port } = url
        const host = hostname.replaceAll(/[[\]]/g, '')
        const sent = request(
          { host, port, path: basePath + path, method: 'POST', headers, agent, timeout: timeoutMs },
          (response) => {
            let text = ''
            response.setEncoding('utf8')
            response.on('data', (chunk: string) => (text += chunk))
            response.on('error', reject)
            response.on('end', () =>
              resolve({ status: response.statusCode ?? 0, location: response.headers.location, text }),
            )
          },
        )
        sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
        sent.on('error', reject)
        sent.end(body)
      }),
    close: () => agent.destroy(),
  }
}
