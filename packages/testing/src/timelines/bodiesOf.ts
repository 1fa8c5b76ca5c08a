import type { Timeline, TimelineEvent } from './readTimeline.ts'

/** The JSON body of one event, as a player posts it. */
export interface Body {
  readonly eventType: string
  readonly playerTime: { readonly playhead: number; readonly ts: number }
  readonly params?: Record<string, unknown>
  readonly qoeData?: Record<string, unknown>
  readonly customMetadata?: Record<string, unknown>
}

/** What `sessionStart` needs and a timeline may leave out. */
const sessionDefaults = {
  'analytics.trackingServer': 'stats.example.com',
  'analytics.reportSuite': 'timelines',
  'visitor.marketingCloudOrgId': 'PLAYHEAD@AdobeOrg',
  'media.contentType': 'vod',
  'media.playerName': 'timeline-player',
  'media.channel': 'timelines',
}

/** One event on its way: its body, and when it arrives, epoch milliseconds. */
export interface Arrival {
  readonly atMs: number
  readonly body: Body
}

/** The bodies of a timeline's events in the order in which they arrive, the first at `startTsMs` by the player's clock. */
export function bodiesOf(timeline: Timeline, startTsMs: number): Body[] {
  return arrivalsOf(timeline, startTsMs).map(({ body }) => body)
}

/**
 * A timeline's events as they arrive: when the page says, else when they happen or as soon as the event in the row
 * before has arrived.
 */
export function arrivalsOf(timeline: Timeline, startTsMs: number): Arrival[] {
  let afterStartMs = 0
  const arrivals = timeline.events.map((event, nth) => {
    afterStartMs = event.arrivesMs ?? Math.max(afterStartMs, event.atMs)
    const body = {
      eventType: event.type,
      playerTime: { playhead: event.playhead, ts: startTsMs + event.atMs },
      ...membersOf({ ...defaultsOf(timeline, nth), ...event.values }),
    }
    return { atMs: startTsMs + afterStartMs, body }
  })
  return arrivals.toSorted((a, b) => a.atMs - b.atMs)
}

function defaultsOf({ session, events }: Timeline, nth: number): Record<string, unknown> {
  const event = events[nth]
  switch (event?.type) {
    case 'sessionStart':
      return { ...sessionDefaults, ...session }
    case 'adBreakStart':
      return { 'media.ad.podIndex': count(events, nth, 'adBreakStart'), 'media.ad.podSecond': event.playhead }
    case 'adStart': {
      const breakNth = events.findLastIndex(({ type }, before) => type === 'adBreakStart' && before < nth)
      return {
        'media.ad.podPosition': 1 + count(events.slice(breakNth + 1), nth - breakNth - 1, 'adStart'),
        'media.ad.playerName': session['media.playerName'] ?? sessionDefaults['media.playerName'],
      }
    }
    case 'chapterStart':
      return { 'media.chapter.offset': event.playhead }
    default:
      return {}
  }
}

/** How many events of a type came before the nth. */
function count(events: readonly TimelineEvent[], nth: number, type: string): number {
  return events.slice(0, nth).filter((event) => event.type === type).length
}

/** Put each value into the member of the body where the API has it. */
function membersOf(values: Record<string, unknown>): Partial<Body> {
  const members: Record<string, Record<string, unknown>> = {}
  for (const [path, value] of Object.entries(values)) {
    const [, prefix, rest] = /^(qoeData|customMetadata)\.(.+)$/.exec(path) ?? []
    const member = prefix ?? (path.startsWith('media.qoe.') ? 'qoeData' : 'params')
    members[member] = {
      ...members[member],
      [rest ?? path]: isStateList(path, value) ? value.map(asState) : value,
    }
  }
  return members
}

function isStateList(key: string, value: unknown): value is unknown[] {
  return (key === 'statesStart' || key === 'statesEnd') && Array.isArray(value)
}

function asState(name: unknown): object {
  return { 'media.state.name': name }
}
