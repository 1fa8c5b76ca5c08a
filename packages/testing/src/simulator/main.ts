/**
 * Simulate the viewers of a streaming service: `npm run simulate -- --help`.
 */
import { once } from 'node:events'
import { ArgumentError, type Arguments, help, readArguments } from './arguments.ts'
import { type FleetArrival, simulateFleet } from './fleet.ts'
import { pace } from './pace.ts'
import { createPoster } from './post.ts'
import { send } from './send.ts'
import { createTally } from './tally.ts'

const dayMs = 86_400_000
const progressEveryMs = 2_000

try {
  const args = readArguments(process.argv.slice(2))
  if (args.isHelpWanted) process.stdout.write(help)
  else if (args.isPrinted) await print(arrivalsOf(args))
  else process.exitCode = (await sendAll(args)) ? 0 : 1
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  process.stderr.write(`simulate: ${error instanceof Error ? error.message : String(error)}${cause}\n`)
  if (error instanceof ArgumentError) process.stderr.write('Try --help.\n')
  process.exitCode = error instanceof ArgumentError ? 2 : 1
}

function arrivalsOf({ seed, sessions, days, viewers, fromMs, isLive }: Arguments): Iterable<FleetArrival> {
  const startMs = fromMs ?? (isLive ? Date.now() : Date.now() - days * dayMs)
  return simulateFleet({ seed, sessions, days, startMs, ...(viewers !== undefined && { viewers }) })
}

/** Send it all, or what there is time for until Ctrl-C. False: something was refused. */
async function sendAll(args: Arguments): Promise<boolean> {
  const tally = createTally(() => performance.now())
  const poster = createPoster(args.url, args.concurrencyMax)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const ticking = setInterval(() => process.stderr.write(`${tally.progress()}\n`), progressEveryMs)
  try {
    const paced = pace(arrivalsOf(args), { isLive: args.isLive, rateMax: args.rateMax, signal: stop.signal })
    await send(paced, poster, tally)
  } finally {
    clearInterval(ticking)
    poster.close()
    process.stderr.write(`${tally.summary()}\n`)
  }
  return tally.refusedEvents === 0
}

async function print(arrivals: Iterable<FleetArrival>): Promise<void> {
  // Whoever reads may stop reading: `| head`.
  process.stdout.on('error', () => process.exit())
  for (const { atMs, session, body } of arrivals) {
    const line = JSON.stringify({ arrivalMs: atMs, session: `session-${session.number}`, body })
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
  }
}
