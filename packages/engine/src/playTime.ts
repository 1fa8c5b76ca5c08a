import { enter, type Step } from './ledger.ts'
import type { SessionState } from './state.ts'
import { weighBitrate } from './quality.ts'

/**
 * Book main content that was played: to the session, to the chapter it was in, and to the bitrate that
 * was in force. The chapter may have closed meanwhile, when the time was held back for the stall verdict.
 */
export function attributePlayed(
  state: SessionState,
  playedMs: number,
  bitrate: number | undefined,
  chapterOrdinal: number | undefined,
  step?: Step,
): void {
  state.totals.contentTimeMs += playedMs
  enter(state, 'content', playedMs, chapterOrdinal, step)
  weighBitrate(state.quality, bitrate, playedMs)
  if (chapterOrdinal === undefined) return
  if (state.chapter?.ordinal === chapterOrdinal) {
    const { ordinal, chapter, startedTsMs, timePlayedMs } = state.chapter
    state.chapter = { ordinal, chapter, startedTsMs, timePlayedMs: timePlayedMs + playedMs }
  } else {
    state.heldChapters = state.heldChapters.map((closed) =>
      closed.ordinal === chapterOrdinal
        ? { ...closed, timePlayedMs: closed.timePlayedMs + playedMs }
        : closed,
    )
  }
}
