/**
 * Simulate the viewers of a streaming service: `npm run simulate -- --help`.
 */
import { once } from 'node:events'
import { progressOf } from 'playhead/src/commands/progress.ts'
import { ArgumentError, type Arguments, help, readArguments } from './arguments.ts'
import { type FleetArrival, simulateFleet } from './fleet.ts'
import { pace } from './pace.ts'
import { createPoster } from './post.ts'
import { send } from './send.ts'
import { createTally } from './tally.ts'

const dayMs = 86_400_000
/** How often the line may change; elsewhere than on a terminal a line comes every 10 s. */
const progressEveryMs = 1_000

try {
  const args = readArguments(process.argv.slice(2))
  if (args.isHelpWanted) process.stdout.write(help)
  else if (args.isPrinted) await print(arrivalsOf(args, startOf(args)))
  else process.exitCode = (await sendAll(args)) ? 0 : 1
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  process.stderr.write(`simulate: ${error instanceof Error ? error.message : String(error)}${cause}\n`)
  if (error instanceof ArgumentError) process.stderr.write('Try --help.\n')
  process.exitCode = error instanceof ArgumentError ? 2 : 1
}

function startOf({ days, fromMs, isLive }: Arguments): number {
  return fromMs ?? (isLive ? Date.now() : Date.now() - days * dayMs)
}

function arrivalsOf({ seed, sessions, days, viewers }: Arguments, startMs: number): Iterable<FleetArrival> {
  return simulateFleet({ seed, sessions, days, startMs, ...(viewers !== undefined && { viewers }) })
}

/** Send it all, or what there is time for until Ctrl-C. False: something was refused. */
async function sendAll(args: Arguments): Promise<boolean> {
  const tally = createTally(() => performance.now())
  const poster = createPoster(args.url, args.concurrencyMax)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const progress = progressOf('simulate')
  const startMs = startOf(args)
  let atMs = startMs
  const ticking = setInterval(
    () => progress.tell(atMs - startMs, args.days * dayMs, () => tally.progress()),
    progressEveryMs,
  )
  function* arrivals(): Generator<FleetArrival> {
    for (const arrival of arrivalsOf(args, startMs)) {
      atMs = arrival.atMs
      yield arrival
    }
  }
  try {
    const paced = pace(arrivals(), { isLive: args.isLive, rateMax: args.rateMax, signal: stop.signal })
    await send(paced, poster, tally)
  } finally {
    clearInterval(ticking)
    progress.end()
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
