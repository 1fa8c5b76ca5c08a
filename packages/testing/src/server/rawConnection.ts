import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** A connection that sends bytes, whatever they are, and keeps what is answered. */
export interface RawConnection {
  readonly socket: Socket
  /** All that was answered so far. */
  readonly answer: () => string
  /** Resolves with the whole answer when the server has closed. */
  readonly closed: Promise<string>
}

export async function connectRaw(url: string, sent: string | Buffer = ''): Promise<RawConnection> {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.setEncoding('utf8').on('data', (data: string) => (text += data))
  // A server that closes while we send is what some tests want to see.
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(text))
  })
  await once(socket, 'connect')
  if (sent.length > 0) socket.write(sent)
  return { socket, answer: () => text, closed }
}

/** A request as bytes. `announcedBytes` makes its length another than it has. */
export function rawPost(path: string, body: string, announcedBytes = Buffer.byteLength(body)): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${announcedBytes}\r\n\r\n${body}`
}
