import type { TimedEvent } from './ownTime.ts'

type Quality = 'bitrate' | 'droppedFrames' | 'framesPerSecond' | 'timeToStart'

/** The last value that can be; what cannot is left out as if it had not been sent. */
export function lastQuality(
  key: Quality,
  events: readonly TimedEvent[],
  until: number = events.length,
): number | undefined {
  const value = (event: TimedEvent): unknown => event.quality[`media.qoe.${key}`]
  const last = events
    .slice(0, until)
    .findLast((event) => value(event) !== undefined && canBe(key, Number(value(event)), event, events[0]!))
  return last && Number(value(last))
}

function canBe(key: Quality, value: number, { ts }: TimedEvent, start: TimedEvent): boolean {
  if (!Number.isFinite(value) || value < 0) return false
  switch (key) {
    case 'bitrate': {
      const isAudio = String(start.params['media.streamType']).toLowerCase() === 'audio'
      return value <= (isAudio ? 10_000 : 100_000)
    }
    case 'droppedFrames':
      return value <= 1e8
    case 'framesPerSecond':
      return value <= 1000
    case 'timeToStart':
      return value <= ts - start.ts + 60_000
  }
}
