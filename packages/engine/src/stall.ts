import { enter, type Step } from './ledger.ts'
import { attributePlayed } from './playTime.ts'
import type { MediaEvent } from './mediaEvent.ts'
import type { SessionState } from './state.ts'

/**
 * Main content that claims to play while the playhead stands (rule 5.4). Whether a standing playhead is a
 * stall is known only at the third sample. Until then the time is held back; then it becomes stall time
 * or, when the playhead goes on before, play time after all.
 */
export interface StillRun {
  /** Samples seen with this playhead, the first included. */
  readonly samples: number
  /** `ts` of the first one, and of the last. */
  readonly sinceTsMs: number
  readonly lastSampleTsMs: number
  /** Steps that wait for the verdict. */
  readonly held: readonly HeldStep[]
}

/** A step, and what it counts towards if it turns out to have been played. */
export interface HeldStep {
  readonly stepMs: number
  readonly bitrate: number | undefined
  readonly chapterOrdinal: number | undefined
  /** Which step it was, where a ledger is kept. */
  readonly step: Step | undefined
}

/** Samples in a row without movement that make a stall. */
const samplesOfStall = 3
/** Events closer together than this are one sample: players send several at one instant. */
const sampleSpacingMs = 1000
/**
 * Steps that wait for the verdict at most: two seconds at one event every 20 ms. Beyond it the time counts as played, so
 * that no event costs more than the one before.
 */
export const heldStepsMax = 100
/** Closed chapters that wait for the verdict at most; beyond it the time counts as played. Nobody sees 16 chapters in two seconds. */
export const heldChaptersMax = 16

export function isStalled(state: SessionState): boolean {
  return state.stillRun !== undefined && state.stillRun.samples >= samplesOfStall
}

/** Time held back for the verdict, milliseconds. */
export function heldMs({ stillRun }: SessionState): number {
  return stillRun === undefined ? 0 : stillRun.held.reduce((sum, { stepMs }) => sum + stepMs, 0)
}

/** Whether the verdict may still add time to a chapter. */
export function isUndecided({ stillRun }: SessionState, chapterOrdinal: number): boolean {
  return stillRun !== undefined && stillRun.held.some((step) => step.chapterOrdinal === chapterOrdinal)
}

/** End the run when as many chapters wait for its verdict as may; what it held back was play time. */
export function makeRoomForChapter(state: SessionState): void {
  if (state.heldChapters.length >= heldChaptersMax) endRun(state)
}

/** Whether a run was ended for want of room, and not by the playhead: what it held back was taken for play time. */
export function isRunCutShort(event: MediaEvent, before: SessionState, after: SessionState): boolean {
  const isFull =
    (before.stillRun?.held.length ?? 0) >= heldStepsMax || before.heldChapters.length >= heldChaptersMax
  return isFull && after.stillRun?.samples === 1 && event.playheadMs === before.playheadMs
}

/** Hold a step without movement back until it is known what it was. */
export function hold(state: SessionState, run: StillRun, stepMs: number, step: Step | undefined): void {
  if (stepMs === 0) return
  if (run.held.length >= heldStepsMax) {
    endRun(state)
    attributePlayed(state, stepMs, state.quality.bitrate, state.chapter?.ordinal, step)
    return
  }
  const bitrate = state.quality.bitrate
  const chapterOrdinal = state.chapter?.ordinal
  const held = [...run.held, { stepMs, bitrate, chapterOrdinal, step }]
  state.stillRun = { ...run, held }
}

/** Take the event just applied as a sample: begin a run, carry it on, or end it. */
export function takeSample(state: SessionState, event: MediaEvent, hasMoved: boolean): void {
  const run = state.stillRun
  if (run === undefined || hasMoved || !isWatchedForStalls(state)) {
    endRun(state)
    if (isWatchedForStalls(state)) {
      state.stillRun = { samples: 1, sinceTsMs: event.tsMs, lastSampleTsMs: event.tsMs, held: [] }
    }
  } else if (event.tsMs - run.lastSampleTsMs >= sampleSpacingMs) {
    const samples = run.samples + 1
    const isVerdict = samples === samplesOfStall
    if (isVerdict) findStall(state, run)
    state.stillRun = { ...run, samples, lastSampleTsMs: event.tsMs, held: isVerdict ? [] : run.held }
  }
}

/** End the run, if there is one; time still held back was play time. */
export function endRun(state: SessionState): void {
  for (const step of state.stillRun?.held ?? []) {
    attributePlayed(state, step.stepMs, step.bitrate, step.chapterOrdinal, step.step)
  }
  state.stillRun = undefined
}

/** Book time in which the playhead stood though the content claimed to play. */
export function attributeStall(state: SessionState, stallMs: number, step?: Step): void {
  state.totals.stallTimeMs += stallMs
  enter(state, 'stall', stallMs, undefined, step)
}

function findStall(state: SessionState, { held }: StillRun): void {
  state.totals.stallCount += 1
  for (const { stepMs, step } of held) attributeStall(state, stepMs, step)
}

/** The playhead is frozen by design in an ad break, and during an ad that was started outside of one. */
function isWatchedForStalls(state: SessionState): boolean {
  return state.main === 'playing' && state.adBreak === undefined && !state.isAdOutsideBreakOpen
}
