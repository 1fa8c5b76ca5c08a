import pino, { type Logger } from 'pino'

/**
 * The server's log: JSON lines on standard error. It holds no addresses and no bodies; requests are named by
 * method and path.
 */
export function createLogger(level: string): Logger {
  const serializers = { req: ({ method, url }: { method: string; url: string }) => ({ method, url }) }
  return pino({ level, serializers }, pino.destination(2))
}
