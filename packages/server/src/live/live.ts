import { setImmediate } from 'node:timers/promises'
import type { Activity, LiveNow, LiveSession } from '@playhead/protocol'
import { positionOf, type SessionState } from '@playhead/engine'

type Ranked = LiveNow['content'][number]

/** Entries of each ranking of the live view, and of the latest sessions and refusals. */
export const liveEntriesMax = 20

/** Time that a look at the open sessions takes at once, milliseconds; then requests are answered, and it goes on. */
const sliceMaxMs = 4
/** Sessions that are looked at before the time is. */
const sessionsPerLookMax = 100

/** The open sessions in short. There may be hundreds of thousands: those that open or close meanwhile may count or not. */
export async function liveSessions(
  states: Iterable<SessionState>,
): Promise<Pick<LiveNow, 'concurrent' | 'content' | 'players' | 'sessions'>> {
  const concurrent = { total: 0, playing: 0, ad: 0, paused: 0, buffering: 0, waiting: 0 }
  const content = new Map<string, Ranked>()
  const players = new Map<string, Ranked>()
  let latest: SessionState[] = []
  let sliceEndsMs = performance.now() + sliceMaxMs
  for (const state of states) {
    if (concurrent.total % sessionsPerLookMax === 0 && performance.now() > sliceEndsMs) {
      await setImmediate()
      sliceEndsMs = performance.now() + sliceMaxMs
    }
    const { dimensions } = state.start
    concurrent.total += 1
    concurrent[activityOf(state)] += 1
    count(content, dimensions['media.id'], dimensions['media.name'])
    count(players, dimensions['media.playerName'])
    latest.push(state)
    if (latest.length >= 50 * liveEntriesMax) latest = newest(latest)
  }
  return {
    concurrent,
    content: mostFirst(content),
    players: mostFirst(players),
    sessions: newest(latest).map(liveSession),
  }
}

export function activityOf({ main, ad }: Pick<SessionState, 'main' | 'ad'>): Activity {
  if (ad) return ad.play === 'playing' ? 'ad' : ad.play
  return main === 'init' || main === 'ended' ? 'waiting' : main
}

/** Ids begin with the moment of their making. */
function newest(states: readonly SessionState[]): SessionState[] {
  return states.toSorted((a, b) => (a.sid < b.sid ? 1 : -1)).slice(0, liveEntriesMax)
}

function liveSession(state: SessionState): LiveSession {
  const { dimensions } = state.start
  return {
    id: state.sid,
    contentId: textOf(dimensions['media.id']),
    contentName: textOf(dimensions['media.name']),
    playerName: textOf(dimensions['media.playerName']),
    channel: textOf(dimensions['media.channel']),
    startedAt: new Date(state.life.startedAtMs).toISOString(),
    activity: activityOf(state),
    playhead: (positionOf(state.playheadMs, state.start.isLive) ?? 0) / 1000,
  }
}

function count(ranking: Map<string, Ranked>, id: unknown, name: unknown = id): void {
  if (typeof id !== 'string') return
  const sessions = (ranking.get(id)?.sessions ?? 0) + 1
  ranking.set(id, { id, name: typeof name === 'string' ? name : id, sessions })
}

function mostFirst(ranking: ReadonlyMap<string, Ranked>): Ranked[] {
  return [...ranking.values()]
    .toSorted((a, b) => b.sessions - a.sessions || (a.id < b.id ? -1 : 1))
    .slice(0, liveEntriesMax)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
