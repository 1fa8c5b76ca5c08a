import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '@playhead/testing/simulator/random.ts'

const folder = join(import.meta.dirname, '../../../protocol/examples/events/valid')

type Event = Readonly<Record<string, unknown>>

const examples = readdirSync(folder).map((name): readonly [string, Event] => [
  name,
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Event,
])
const starts = examples.filter(([name]) => name.startsWith('sessionStart')).map(([, event]) => event)
const others = examples.filter(([name]) => !name.startsWith('sessionStart')).map(([, event]) => event)

/** A documented start, at this time. */
export function anyStart(random: Random, tsMs: number): Event {
  return at(random.pick(starts), tsMs, 0)
}

/** A documented event of any type, in no order that a player would send it in, at about this time. */
export function anyEvent(random: Random, tsMs: number): Event {
  const eventTs = tsMs + random.pick([0, 0, 0, 1, 1000, 10_000, -1, -5000, -90_000_000, 90_000_000])
  return at(random.pick(others), eventTs, random.pick([0, 1, 1.5, 10, 86_400, 1e9, 0.0001]))
}

/** A session as it is downloaded. */
export function anyDownload(random: Random, tsMs: number): readonly Event[] {
  const start = at(random.pick(starts), tsMs, 0)
  const params = { ...(start['params'] as object), 'media.downloaded': true }
  const events = Array.from({ length: random.whole(0, 6) }, () => anyEvent(random, tsMs))
  return [{ ...start, params }, ...events]
}

function at(event: Event, ts: number, playhead: number): Event {
  return { ...event, playerTime: { playhead, ts } }
}
