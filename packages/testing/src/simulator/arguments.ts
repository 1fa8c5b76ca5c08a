import { parseArgs } from 'node:util'

/** What the command line asks for, checked. */
export interface Arguments {
  readonly url: URL
  readonly sessions: number
  readonly days: number
  readonly seed: string
  readonly viewers: number | undefined
  /** Start of the simulated time, epoch milliseconds; `undefined`: so that it ends now, or live begins now. */
  readonly fromMs: number | undefined
  readonly isLive: boolean
  /** Events per second at most. */
  readonly rateMax: number
  /** Requests under way at most. */
  readonly concurrencyMax: number
  readonly isPrinted: boolean
  readonly isHelpWanted: boolean
}

export const help = `Simulate viewers of a streaming service, as their players would report them.

  npm run simulate -- [options]

  --sessions N      how many viewings begin (default 1000); resumed ones come on top
  --days D          over how many days they are spread (default 1); these end now
  --from TIME       when they begin instead, such as 2025-06-01T00:00:00Z
  --seed TEXT       the same seed gives the same viewers doing the same things (default 1)
  --viewers N       how many different people they are (default a third of the sessions)

  --url URL         where to send them (default http://127.0.0.1:8080); this machine only
  --live            in real time from now on, instead of the past as fast as possible; Ctrl-C ends it
  --rate N          send at most so many events a second
  --concurrency N   requests under way at once (default 64)
  --print           write them to stdout instead, a line of JSON each: {arrivalMs, session, body}
  --help            this text

Ends with 1 if an event was refused, with 2 if it was asked for something it does not know.
`

/** Something on the command line that cannot be done; the message says what. */
export class ArgumentError extends Error {}

/** @throws ArgumentError for unknown options and unusable values */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parse(args)
  const isLive = values.live
  if (isLive && values.from !== undefined) throw new ArgumentError('--live begins now: leave out --from')
  if (isLive && values.print) throw new ArgumentError('--print does not wait: leave out --live')
  return {
    url: loopback(values.url),
    sessions: number('sessions', values.sessions, 1),
    days: number('days', values.days, 0.001),
    seed: values.seed,
    viewers: values.viewers === undefined ? undefined : number('viewers', values.viewers, 1),
    fromMs: values.from === undefined ? undefined : time(values.from),
    isLive,
    rateMax: values.rate === undefined ? Number.POSITIVE_INFINITY : number('rate', values.rate, 0.01),
    concurrencyMax: number('concurrency', values.concurrency, 1),
    isPrinted: values.print,
    isHelpWanted: values.help,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:8080' },
        sessions: { type: 'string', default: '1000' },
        days: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        viewers: { type: 'string' },
        from: { type: 'string' },
        live: { type: 'boolean', default: false },
        rate: { type: 'string' },
        concurrency: { type: 'string', default: '64' },
        print: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error))
  }
}

function number(name: string, text: string, min: number): number {
  const value = Number(text)
  const isCount = min === 1
  if (text.trim() !== '' && value >= min && value <= 1e9 && (!isCount || Number.isInteger(value)))
    return value
  throw new ArgumentError(
    `--${name} ${text}: must be a ${isCount ? 'whole number' : 'number'} from ${min} on`,
  )
}

function time(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new ArgumentError(`--from ${text}: must be a time such as 2025-06-01T00:00:00Z`)
  return ms
}

/** Invented viewers belong on the machine of whoever invents them; nobody else's server gets any. */
function loopback(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:')
    throw new ArgumentError(`--url ${text}: must be an address that begins with http://`)
  const isLoopback =
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname)
  if (!isLoopback)
    throw new ArgumentError(`--url ${text}: only servers on this machine, such as http://127.0.0.1:8080`)
  return url
}
