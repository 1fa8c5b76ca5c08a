import type { Dimensions, MediaEvent, QualityUpdate, SessionStart } from './mediaEvent.ts'

/** Above 100 Mbit/s a bitrate is more likely bits than kilobits per second. */
const bitrateMax = 100_000
/** Audio takes less than 10 Mbit/s, even without loss. */
const audioBitrateMax = 10_000
/** A viewer may have waited before the session began; not longer than this, milliseconds. */
const waitBeforeStartMaxMs = 60_000
/** No screen shows more. */
const framesPerSecondMax = 1000
/** Content, ads and chapters are shorter than a week; seconds. Live content of unknown length says a day. */
const lengthMax = 604_800
/** A day of so many frames per second. */
const droppedFramesMax = 1e8

/** What quality values are measured by. */
export interface Measure {
  readonly isAudio: boolean
  /** How long the session had been going on. */
  readonly ageMs: number
}

/** Quality values of an event that cannot be: they are left out, as if they were not there, and warned of. */
export type Implausible = 'bitrateInBps' | 'timeToStartTooLong' | 'outOfRange'

export function measureOf(
  {
    start,
    life,
  }: { readonly start: SessionStart; readonly life: { readonly clock: { readonly startTsMs: number } } },
  { tsMs }: Pick<MediaEvent, 'tsMs'>,
): Measure {
  const isAudio = String(start.dimensions['media.streamType']).toLowerCase() === 'audio'
  return { isAudio, ageMs: tsMs - life.clock.startTsMs }
}

/** Why a value is left out; `undefined` where it is not. */
export function whyImplausible(
  key: keyof QualityUpdate,
  value: number,
  { isAudio, ageMs }: Measure,
): Implausible | undefined {
  if (!(value >= 0) || value === Number.POSITIVE_INFINITY) return 'outOfRange'
  switch (key) {
    case 'bitrate':
      return value > (isAudio ? audioBitrateMax : bitrateMax) ? 'bitrateInBps' : undefined
    case 'timeToStartMs':
      return value > ageMs + waitBeforeStartMaxMs ? 'timeToStartTooLong' : undefined
    case 'framesPerSecond':
      return value > framesPerSecondMax ? 'outOfRange' : undefined
    case 'droppedFrames':
      return value > droppedFramesMax ? 'outOfRange' : undefined
  }
}

/** Those values of an event that can be. */
export function plausible(update: QualityUpdate, measure: Measure): QualityUpdate {
  const left = entriesOf(update).filter(([key, value]) => whyImplausible(key, value, measure) === undefined)
  return left.length === Object.keys(update).length ? update : Object.fromEntries(left)
}

/** The value that is left out for a reason, as it was sent: `media.qoe.droppedFrames -3`. */
export function leftOut(update: QualityUpdate, measure: Measure, why: Implausible): string | false {
  const found = entriesOf(update).find(([key, value]) => whyImplausible(key, value, measure) === why)
  return found !== undefined && `${names[found[0]]} ${found[1]}`
}

/** A length that is no length in seconds, as it was sent: `media.length 1764547200`. */
export function tooLong(dimensions: Dimensions, name: string): string | false {
  const length = Number(dimensions[name] ?? 0)
  return length > lengthMax && `${name} ${length}`
}

const names = {
  bitrate: 'media.qoe.bitrate',
  droppedFrames: 'media.qoe.droppedFrames',
  framesPerSecond: 'media.qoe.framesPerSecond',
  timeToStartMs: 'media.qoe.timeToStart',
} as const satisfies Record<keyof QualityUpdate, string>

function entriesOf(update: QualityUpdate): (readonly [keyof QualityUpdate, number])[] {
  const keys = Object.keys(update) as (keyof QualityUpdate)[]
  return keys.flatMap((key) => {
    const value = update[key]
    return value === undefined ? [] : [[key, value] as const]
  })
}
