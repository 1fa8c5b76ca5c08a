import type { Delivered } from './deliver.ts'
import type { History } from './history.ts'
import { throttledPingMs } from './playerApp.ts'

/** How closely a session's player told what happened. */
export interface ReportingAccuracy extends Delivered {
  /** Longest time without an event while it played: the ping spacing, milliseconds. */
  readonly pingGapMs: number
  /** Longest time that it slept through, milliseconds; 0 if it did not. */
  readonly sleepMs: number
  /** Playheads are cut to multiples of this, milliseconds. */
  readonly playheadStepMs: number
  /** What the events of all moments were spread by at most, milliseconds; 0 where they share one `ts`. */
  readonly spreadMs: number
  /** Of play. */
  readonly speed: number
}

/** The most events that a player makes of one moment. */
const eventsAtOnceMax = 10

export function reportingAccuracyOf(
  { viewer, content, spans, marks }: History,
  delivered: Delivered,
): ReportingAccuracy {
  const { player } = viewer
  const isThrottled = spans.some(({ sampling }) => sampling === 'throttled')
  const sleeps = spans
    .filter(({ sampling }) => sampling === 'asleep')
    .map(({ fromMs, toMs }) => toMs - fromMs)
  return {
    ...delivered,
    pingGapMs: (isThrottled ? throttledPingMs : player.pingMs) + player.timerTickMs,
    sleepMs: Math.max(0, ...sleeps),
    playheadStepMs: player.playheadStepMs,
    spreadMs: player.tsStepMs * eventsAtOnceMax * (spans.length + marks.length),
    speed: content.streamType === 'audio' ? viewer.audioSpeed : 1,
  }
}
