import { setTimeout as wait } from 'node:timers/promises'
import { eventBody, startBody } from '@playhead/testing/player.ts'
import type { Answer } from '@playhead/testing/simulator/post.ts'
import type { Random } from '@playhead/testing/simulator/random.ts'
import type { Ledger, SentSession } from './ledger.ts'
import type { Line } from './line.ts'
import type { Pace } from './pace.ts'

/** Content time between two events, milliseconds of the player's clock, which runs as fast as it likes. */
const stepMs = 1000
/** How long a pause is by the same clock. */
const pauseMs = 300
/** Before it goes on after a 503: shorter than `Retry-After` says, so that some ask while the fault lasts. */
const refusedPauseMs = 50

const moves = [
  { type: 'ping', weight: 50 },
  { type: 'bitrateChange', weight: 15 },
  { type: 'error', weight: 10 },
  { type: 'pauseStart', weight: 20 },
  { type: 'sessionEnd', weight: 3 },
] as const

export interface PlayerParts {
  readonly line: Line
  readonly ledger: Ledger
  readonly random: Random
  /** Waited for before each request. */
  readonly pace: Pace
  /** Aborted when it shall end its session and leave. */
  readonly signal: AbortSignal
}

/**
 * Play one session after the other, one request at a time as SDKs do, and keep the ledger. An event that gets no answer
 * is not sent again: whether it counts is the server's affair, and the archive tells. The next one is then a `play` a
 * millisecond later, so that the player's state is known again whichever way it went.
 */
export async function keepPlaying(parts: PlayerParts): Promise<void> {
  for (let number = 1; !parts.signal.aborted; number += 1) {
    const started = await start(parts, `${parts.random.whole(0, 1e9)}-${number}`)
    if (started !== undefined) await playOne(parts, started.session, started.ts)
  }
}

async function start(
  { line, ledger, pace }: PlayerParts,
  contentId: string,
): Promise<{ session: SentSession; ts: number } | undefined> {
  await pace()
  const ts = Date.now()
  const body = startBody(ts, { 'media.id': contentId, 'media.length': 86_400 })
  const answer = await line.post('/api/v1/sessions', body)
  if (answer?.status === 201) {
    return { session: ledger.open(answer.location?.split('/').at(-1) ?? '', ts), ts }
  }
  if (mayBeTaken(answer)) ledger.unansweredStarts.add(contentId)
  if (answer !== undefined && answer.status !== 503) {
    ledger.unexpected.push(`a start got ${answer.status}: ${answer.text}`)
  }
  if (answer?.status === 503) ledger.unavailable += 1
  await wait(refusedPauseMs)
  return undefined
}

async function playOne(parts: PlayerParts, session: SentSession, startTs: number): Promise<void> {
  const { random, pace, signal } = parts
  let [ts, playheadMs] = [startTs, 0]
  let next: string = 'play'
  while (!session.isEnded) {
    await pace()
    if (signal.aborted) next = 'sessionEnd'
    const isMoving = next !== 'play'
    ts += isMoving ? stepMs : 1
    playheadMs += isMoving ? stepMs : 0
    const isTaken = await send(parts, session, next, ts, playheadMs)
    if (!isTaken) {
      next = 'play'
    } else if (next === 'pauseStart') {
      ts += pauseMs
      next = 'play'
    } else {
      next = random.weighted(moves).type
    }
  }
}

/** Whether it was acknowledged. */
async function send(
  { line, ledger }: PlayerParts,
  session: SentSession,
  type: string,
  ts: number,
  playheadMs: number,
): Promise<boolean> {
  const body = eventBody(type, ts, playheadMs / 1000, qualityOf(type, ts))
  const answer = await line.post(`/api/v1/sessions/${session.sid}/events`, body)
  if (answer?.status === 204) {
    session.acknowledged.add(ts)
    session.isEnded = type === 'sessionEnd'
    return true
  }
  if (answer?.status === 410 && session.mayBeEnded) {
    session.isEnded = true
    return false
  }
  if (answer !== undefined && answer.status !== 503) {
    ledger.unexpected.push(`${type} got ${answer.status}: ${answer.text}`)
    return false
  }
  if (answer !== undefined) {
    ledger.unavailable += 1
    await wait(refusedPauseMs)
  }
  if (mayBeTaken(answer)) {
    session.unanswered.add(ts)
    session.mayBeEnded ||= type === 'sessionEnd'
  }
  return false
}

/** Without an answer it may be on disk, and when the disk has failed too; what a full disk refused is not. */
function mayBeTaken(answer: Answer | undefined): boolean {
  return answer === undefined || (answer.status === 503 && !answer.text.includes('"log_full"'))
}

function qualityOf(type: string, ts: number): object {
  if (type === 'bitrateChange') return { qoeData: { 'media.qoe.bitrate': 1000 + (ts % 4000) } }
  if (type === 'error') return { qoeData: { 'media.qoe.errorID': 'E-1', 'media.qoe.errorSource': 'player' } }
  return {}
}
