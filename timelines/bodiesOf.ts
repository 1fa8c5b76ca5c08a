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

/** The bodies of a timeline's events in order, the first at `startTsMs` by the player's clock. */
export function bodiesOf(timeline: Timeline, startTsMs: number): Body[] {
  return timeline.events.map((event, nth) => ({
    eventType: event.type,
    playerTime: { playhead: event.playhead, ts: startTsMs + event.atMs },
    ...membersOf({ ...defaultsOf(timeline, nth), ...event.values }),
  }))
}

/** When each of a timeline's events arrives: at once, or as soon as the one in the row before it has. */
export function arrivalsOf(bodies: readonly Body[]): number[] {
  let lastMs = Number.NEGATIVE_INFINITY
  return bodies.map(({ playerTime }) => (lastMs = Math.max(lastMs, playerTime.ts)))
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
