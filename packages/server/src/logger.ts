import { ClickHouseError } from '@clickhouse/client'
import pino, { type DestinationStream, type Logger } from 'pino'
import { standardError } from './output.ts'

/**
 * The server's log: JSON lines on standard error. It holds nothing of a person, and nothing that a stranger has chosen:
 * no addresses, no bodies, no headers, no paths. A request is named by its own id and by the route that took it. The
 * session's id is left out too: whoever knows it can send events to the session. Lines that cannot be written are lost and counted.
 */
export function createLogger(level: string, destination: DestinationStream = standardError()): Logger {
  const serializers = {
    err: errorForLog,
    req: ({ method }: { method: string }) => ({ method }),
    res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
  }
  return pino({ level, serializers, base: { pid: process.pid } }, destination)
}

interface LoggedError {
  readonly type: string
  readonly message: string
  readonly code: unknown
  /** Where it was thrown. */
  readonly stack: string
  readonly cause?: LoggedError
}

/** ClickHouse repeats in its messages what it was given; of its errors only code and type are told. */
function errorForLog(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'no error', code: undefined, stack: '' }
  const { name, message, stack = '', cause } = error
  const code: unknown = 'code' in error ? error.code : undefined
  return {
    type: name,
    message: error instanceof ClickHouseError ? `ClickHouse: ${error.type ?? 'error'}` : message,
    code,
    // The lines before repeat the message.
    stack: stack
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n'),
    ...(cause !== undefined && { cause: errorForLog(cause) }),
  }
}
