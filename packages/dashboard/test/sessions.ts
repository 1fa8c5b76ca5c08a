import { allTimelines, bodiesOf } from '@playhead/testing/timelines/readTimeline.ts'
import { eventBody, openSession, play, post, startBody } from '@playhead/testing/player.ts'

/** Titles that strangers might send. */
export const hostileTitles = [
  '<img src=x onerror=alert(1)>',
  "=cmd()|'/C calc'!A0",
  '"><script>alert(2)</script>',
] as const

/**
 * A period for the address: whole days, yesterday to tomorrow. One up to now is another one every minute, and lacks what a
 * session that is played in an instant says of the minutes after its start.
 */
export const daysAroundNow = `range=${day(-1)}..${day(1)}`

function day(fromToday: number): string {
  return new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10)
}

/** Play a worked session now, ended by a `sessionEnd`; resolves with its id. */
export async function playTimeline(url: string, file: string): Promise<string> {
  const timeline = allTimelines().find((one) => one.file === file)
  if (timeline === undefined) throw new Error(`there is no timelines/${file}`)
  const lastMs = timeline.events.at(-1)?.atMs ?? 0
  const bodies: object[] = bodiesOf(timeline, Date.now() - lastMs)
  if (timeline.closedBy !== 'sessionEnd') {
    bodies.push(eventBody('sessionEnd', Date.now(), timeline.events.at(-1)?.playhead ?? 0))
  }
  return play(url, bodies)
}

/** Open a session of a content with this name, and leave it open; resolves with its id. */
export async function openNamed(url: string, name: string): Promise<string> {
  const params = {
    'media.id': name,
    'media.name': name,
    'media.playerName': name,
    'media.channel': name,
    'media.show': name,
    'media.genre': 'Drama,Thriller',
    'media.sdkVersion': name,
  }
  return idOf(await openSession(url, startBody(Date.now(), params)))
}

/** A session that ends at once, of a player that says how long it took to start; resolves with its id. */
export function playStarted(url: string, playerName: string, timeToStartMs: number): Promise<string> {
  const nowMs = Date.now()
  const qoeData = { 'media.qoe.timeToStart': timeToStartMs }
  return play(url, [
    startBody(nowMs, { 'media.playerName': playerName }),
    eventBody('play', nowMs + 1, 0, { qoeData }),
    eventBody('sessionEnd', nowMs + 2, 0),
  ])
}

/** A session that ends at once, muted; resolves with its id. */
export function playMuted(url: string): Promise<string> {
  const nowMs = Date.now()
  return play(url, [
    startBody(nowMs),
    eventBody('play', nowMs + 1, 0),
    eventBody('stateStart', nowMs + 1, 0, { params: { 'media.state.name': 'mute' } }),
    eventBody('sessionEnd', nowMs + 2, 0),
  ])
}

/** Something that is refused. */
export async function sendRefused(url: string): Promise<void> {
  await post(`${url}/api/v1/sessions`, { eventType: hostileTitles[0], playerTime: { playhead: 0, ts: 1 } })
}

function idOf(path: string): string {
  return path.split('/').at(-1) ?? ''
}
