import type { Chapter, MediaEvent } from './mediaEvent.ts'
import type { Fact } from './fact.ts'
import { warnedOf } from './warning.ts'
import { isReported } from './parts.ts'
import { isUndecided, makeRoomForChapter } from './stall.ts'
import type { SessionState } from './state.ts'

/** Open a chapter; one that is open is closed first as not completed, for chapters cannot overlap (rule C-1). */
export function startChapter(state: SessionState, event: MediaEvent, chapter: Chapter): Fact[] {
  const facts = closeChapter(state, event.tsMs, false)
  state.totals.chapterCount += 1
  state.chapter = {
    ordinal: state.totals.chapterCount,
    chapter,
    startedTsMs: event.tsMs,
    timePlayedMs: 0,
  }
  state.openers = { ...state.openers, chapter: warnedOf(event) }
  return facts
}

/**
 * Close the open chapter, if any (rule C-2). While it is not known whether its last moments were a stall
 * its report waits: see `releaseChapters`.
 */
export function closeChapter(state: SessionState, tsMs: number, isCompleted: boolean): Fact[] {
  if (state.chapter === undefined) return []
  makeRoomForChapter(state)
  const { chapter } = state
  state.chapter = undefined
  if (!isReported(chapter)) return []
  const closed = { ...chapter, closedTsMs: Math.max(chapter.startedTsMs, tsMs), isCompleted }
  if (!isUndecided(state, chapter.ordinal)) return [{ kind: 'chapterClosed', chapter: closed }]
  state.heldChapters = [...state.heldChapters, closed]
  return []
}

/** Report the chapters whose time is settled by now. */
export function releaseChapters(state: SessionState): Fact[] {
  if (state.heldChapters.length === 0) return []
  const settled = state.heldChapters.filter(({ ordinal }) => !isUndecided(state, ordinal))
  if (settled.length > 0)
    state.heldChapters = state.heldChapters.filter(({ ordinal }) => isUndecided(state, ordinal))
  return settled.map((chapter) => ({ kind: 'chapterClosed', chapter }))
}
