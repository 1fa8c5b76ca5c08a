import { enter, type Step } from './ledger.ts'
import type { ClosedChapter, OpenChapter, SessionState } from './state.ts'
import { weighBitrate } from './quality.ts'

/**
 * Book main content that was played: to the session, to the chapter it was in, and to the bitrate that
 * was in force. The chapter may have closed meanwhile, when the time was held back for the stall verdict.
 */
export function bookPlayed(
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
  const book = <C extends OpenChapter | ClosedChapter>(chapter: C): C =>
    chapter.ordinal === chapterOrdinal
      ? { ...chapter, timePlayedMs: chapter.timePlayedMs + playedMs }
      : chapter
  state.chapter = state.chapter && book(state.chapter)
  state.heldChapters = state.heldChapters.map(book)
}
