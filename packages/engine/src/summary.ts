import type { ExpiryCause } from './life.ts'
import { isWatchedMarker, type ProgressMarker, progressMarkers } from './progress.ts'
import { averageBitrate, bitrateBucket } from './quality.ts'
import { segmentLabel } from './segment.ts'
import { heldMs } from './stall.ts'
import type { SessionState } from './state.ts'
import { watchedMs } from './watched.ts'

/** A rise of this number says that the rules changed: the same events may now give other numbers. */
export const rulesVersion = 3

/** Streams are estimated as one per begun half hour of media time, milliseconds. */
const estimatedStreamMs = 1_800_000

export type CloseCause = 'sessionEnd' | 'downloaded' | ExpiryCause

export interface Close {
  readonly cause: CloseCause
  /** On the server's clock, epoch milliseconds. */
  readonly closedAtMs: number
  /** Distance from the last event to the close; 0 when a `sessionEnd` closed it. */
  readonly sinceLastCallMs: number
}

/**
 * The session's metrics by the names of the metric catalogue. Durations are milliseconds here; they become
 * seconds once, where they are reported. What can be absent is `undefined`.
 */
export type SessionMetrics = ReturnType<typeof metricsOf>

export interface SessionSummary {
  readonly state: SessionState
  readonly metrics: SessionMetrics
  readonly close: Close | undefined
}

/** The numbers as they stand: final with a close, provisional without. */
export function summarise(state: SessionState, close?: Close): SessionSummary {
  return { state, metrics: metricsOf(state, close), close }
}

function metricsOf(state: SessionState, close: Close | undefined) {
  const { totals, quality, start } = state
  const contentTimeMs = totals.contentTimeMs + heldMs(state)
  const mediaTimeMs = contentTimeMs + totals.adTimeMs
  const bitrate = averageBitrate(quality)
  const reached = (marker: ProgressMarker) => hasReached(state, marker)
  const [p10, p25, p50, p75, p95] = progressMarkers
  return {
    mediaStarts: true,
    contentStarts: state.isPlayed,
    contentCompletes: state.isCompleted,
    contentTimeSpent: contentTimeMs,
    mediaTimeSpent: mediaTimeMs,
    uniqueTimePlayed: watchedMs(state.watched),
    progress10: reached(p10),
    progress25: reached(p25),
    progress50: reached(p50),
    progress75: reached(p75),
    progress95: reached(p95),
    averageMinuteAudience: start.lengthMs === undefined ? undefined : contentTimeMs / start.lengthMs,
    estimatedStreams: Math.floor(mediaTimeMs / estimatedStreamMs) + 1,
    contentResumes: start.isResume,
    contentSegment:
      state.range && state.isPlayed
        ? segmentLabel(state.range, originMs(state), state.segmentMinutes)
        : undefined,
    contentSegmentViews: state.isPlayed,
    pauseEvents: totals.pauseCount,
    pauseImpactedStreams: totals.pauseCount > 0,
    totalPauseDuration: totals.pauseTimeMs,
    adCount: totals.adCount,
    chapterCount: totals.chapterCount,
    authorized: String(start.dimensions['media.pass.auth']).toLowerCase() === 'true',
    mediaDownloaded: start.isDownloaded,
    sinceLastCall: close?.sinceLastCallMs,
    dropsBeforeStart: close !== undefined && !state.isPlayed,
    averageBitrate: bitrate,
    averageBitrateBucket: bitrate === undefined ? undefined : bitrateBucket(bitrate),
    bitrateChanges: quality.bitrateChangeCount,
    bitrateChangeImpactedStreams: quality.bitrateChangeCount > 0,
    bufferEvents: totals.bufferCount,
    bufferImpactedStreams: totals.bufferCount > 0,
    totalBufferDuration: totals.bufferTimeMs,
    droppedFrames: quality.droppedFrames ?? 0,
    droppedFrameImpactedStreams: (quality.droppedFrames ?? 0) > 0,
    errorEvents: quality.errorCount,
    errorImpactedStreams: quality.errorCount > 0,
    playerSdkErrors: quality.playerErrors,
    externalErrors: quality.externalErrors,
    timeToStart: quality.timeToStartMs ?? 0,
    framesPerSecond: quality.framesPerSecond,
    stallEvents: totals.stallCount,
    stallImpactedStreams: totals.stallCount > 0,
    totalStallDuration: totals.stallTimeMs,
  }
}

function hasReached(state: SessionState, marker: ProgressMarker): boolean {
  if (state.highestMarker < marker) return false
  return !state.areSeekedMarkersSkipped || isWatchedMarker(state.watched, marker, state.start.lengthMs ?? 0)
}

/** Live playheads are seconds of the day; a segment counts from where the viewer came in. */
function originMs(state: SessionState): number {
  return state.start.isLive ? (state.firstPlayheadMs ?? 0) : 0
}
