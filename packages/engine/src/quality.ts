import { jsonBytesOf } from './jsonBytes.ts'
import type { PlayerError, QualityUpdate } from './mediaEvent.ts'

/** Quality of experience so far: the values in force and what they add up to (docs/metrics.md). */
export interface Quality {
  bitrate: number | undefined
  /** Play time with a known bitrate, and that bitrate times that time. */
  weightMs: number
  weightedBitrate: number
  bitrateChangeCount: number
  droppedFrames: number | undefined
  framesPerSecond: number | undefined
  timeToStartMs: number | undefined
  errorCount: number
  playerErrors: readonly string[]
  externalErrors: readonly string[]
}

/** Different error ids kept of one session and source; a player in a loop of errors must not fill the memory. */
export const errorIdsMax = 100
/** Their text together, of one source, as JSON. */
export const errorIdsMaxBytes = 8192

export function emptyQuality(): Quality {
  return {
    bitrate: undefined,
    weightMs: 0,
    weightedBitrate: 0,
    bitrateChangeCount: 0,
    droppedFrames: undefined,
    framesPerSecond: undefined,
    timeToStartMs: undefined,
    errorCount: 0,
    playerErrors: [],
    externalErrors: [],
  }
}

/** A copy to write to; see `draftOf`. */
export function copyOfQuality(quality: Quality): Quality {
  return {
    bitrate: quality.bitrate,
    weightMs: quality.weightMs,
    weightedBitrate: quality.weightedBitrate,
    bitrateChangeCount: quality.bitrateChangeCount,
    droppedFrames: quality.droppedFrames,
    framesPerSecond: quality.framesPerSecond,
    timeToStartMs: quality.timeToStartMs,
    errorCount: quality.errorCount,
    playerErrors: quality.playerErrors,
    externalErrors: quality.externalErrors,
  }
}

/** Put the values of an event in force; what it does not bring stays as it is. */
export function updateQuality(quality: Quality, update: QualityUpdate): void {
  quality.bitrate = update.bitrate ?? quality.bitrate
  if (update.droppedFrames !== undefined) quality.droppedFrames = Math.round(update.droppedFrames)
  quality.framesPerSecond = update.framesPerSecond ?? quality.framesPerSecond
  if (update.timeToStartMs !== undefined) quality.timeToStartMs = Math.round(update.timeToStartMs)
}

/** Count play time (content or ad) towards the average bitrate; time before the first known bitrate is left out. */
export function weighBitrate(quality: Quality, bitrate: number | undefined, playedMs: number): void {
  if (bitrate === undefined) return
  quality.weightMs += playedMs
  quality.weightedBitrate += bitrate * playedMs
}

/** Mean bitrate by play time, kbps; the last one where nothing was played; `undefined` where none was sent. */
export function averageBitrate(quality: Quality): number | undefined {
  if (quality.bitrate === undefined) return undefined
  const average = quality.weightMs > 0 ? quality.weightedBitrate / quality.weightMs : quality.bitrate
  return Math.round(average)
}

/** The bucket an average bitrate is reported under as a dimension: `1700-1799` (rule 6.1). */
export function bitrateBucket(bitrate: number): string {
  const from = Math.floor(bitrate / 100) * 100
  return `${from}-${from + 99}`
}

export function countError(quality: Quality, error: PlayerError): void {
  quality.errorCount += 1
  if (error.source === 'external') quality.externalErrors = withId(quality.externalErrors, error.id)
  else quality.playerErrors = withId(quality.playerErrors, error.id)
}

/** Whether the id of an error is among those that are listed. */
export function hasErrorId({ externalErrors, playerErrors }: Quality, { id, source }: PlayerError): boolean {
  return id !== undefined && (source === 'external' ? externalErrors : playerErrors).includes(id)
}

function withId(ids: readonly string[], id: string | undefined): readonly string[] {
  if (id === undefined || ids.includes(id) || ids.length >= errorIdsMax) return ids
  const bytes = ids.reduce((sum, known) => sum + jsonBytesOf(known), jsonBytesOf(id))
  return bytes > errorIdsMaxBytes ? ids : [...ids, id]
}
