import { type MetricDefinition, sessionMetrics } from '@playhead/protocol'
import type { MediaEvent } from './mediaEvent.ts'
import type { OpenAd, SessionState } from './state.ts'
import { positionOf } from './playhead.ts'
import type { SessionMetrics } from './summary.ts'
import type { Watched } from './watched.ts'

/**
 * Where each figure of a session comes from: every booking of time, and every event that changed a count or a
 * flag. Kept only where `SessionRules.keepsLedger` asks for it, and read by nothing in the engine. Like all of
 * a state it is never changed, only replaced; both lists grow at their front, so that a step costs the same
 * however long they are.
 */
export interface Ledger {
  /** The step that is being attributed. */
  readonly step: Step
  /** The one with which the latest gap between ads began. */
  readonly gapStep: Step | undefined
  readonly bookings: List<Booking>
  readonly viewings: List<Viewing>
  readonly causes: List<Cause>
  readonly moments: List<Moment>
}

/** What a session was doing right after an event. */
export interface Moment extends Readonly<Pick<SessionState, 'main' | 'playheadMs' | 'totals' | 'quality'>> {
  readonly step: Step
  readonly ad: Pick<OpenAd, 'ordinal' | 'play'> | undefined
  readonly isInBreak: boolean
  readonly chapterOrdinal: number | undefined
  /** Of the player states that are on. */
  readonly statesOn: readonly string[]
  /** Time whose events are not enough yet to tell whether it was played or was a stall; in no total. */
  readonly heldMs: number
}

/** The time from one event to the next that was applied. */
export interface Step {
  /** 1 for the first one: the order in which events were applied, which `seq`, their arrival, is not. */
  readonly ordinal: number
  readonly fromSeq: number
  readonly toSeq: number
  readonly fromTsMs: number
  readonly toTsMs: number
}

/** What the time of a step can go to. A stall that ends in a step has the first part of it, content the rest. */
export type Account = 'content' | 'ad' | 'pause' | 'buffer' | 'stall'

/** Time of one step that was attributed. All of them on one account sum up to its metric. */
export interface Booking {
  readonly account: Account
  readonly step: Step
  readonly ms: number
  /** The ad, or the chapter of the content, that it counts towards as well. */
  readonly partOrdinal: number | undefined
}

/** A stretch of the content that was watched in one step, playheads in milliseconds. All of them make up what was watched. */
export interface Viewing {
  readonly step: Step
  readonly fromMs: number
  readonly toMs: number
}

/** What an event did besides ending a step. */
export type Cause =
  /** The figure was another one after this event than before it. */
  | { readonly kind: 'changed'; readonly metric: CountedMetric; readonly seq: number }
  | {
      readonly kind: 'began' | 'ended'
      readonly part: 'ad' | 'chapter'
      readonly ordinal: number
      readonly seq: number
    }
  /** A step was attributed to a player state, which runs beside all else. */
  | { readonly kind: 'stateOn'; readonly name: string; readonly step: Step; readonly ms: number }

/** Newest first. */
export type List<Item> = { readonly newest: Item; readonly before: List<Item> } | undefined

/** Metrics that an event sets or raises; the others are made of time, or of the close. */
export type CountedMetric = Extract<(typeof sessionMetrics)[number]['id'], keyof SessionMetrics>

const counted = sessionMetrics.filter(isCounted).map(({ id }) => id)

/** Begin a ledger with the session's start, and the figures that it leads to. */
export function openLedger(state: SessionState, { seq, tsMs }: MediaEvent, metrics: SessionMetrics): Ledger {
  const step = { ordinal: 0, fromSeq: seq, toSeq: seq, fromTsMs: tsMs, toTsMs: tsMs }
  const causes = counted.flatMap((metric) => (metrics[metric] ? [changed(metric, seq)] : []))
  return {
    step,
    gapStep: undefined,
    bookings: undefined,
    viewings: undefined,
    causes: causes.reduce<List<Cause>>(add, undefined),
    moments: add(undefined, momentOf(state, step)),
  }
}

/** Turn to the step that ends with an event; before anything of it is attributed. */
export function beginStep(state: SessionState, event: MediaEvent, stepMs: number): void {
  if (state.ledger === undefined) return
  const { ordinal, toSeq } = state.ledger.step
  const { seq, tsMs } = event
  const fromTsMs = tsMs - stepMs
  const step = { ordinal: ordinal + 1, fromSeq: toSeq, toSeq: seq, fromTsMs, toTsMs: tsMs }
  state.ledger = { ...state.ledger, step }
}

/** A gap between ads begins with the current step. */
export function beginGap(state: SessionState): void {
  if (state.ledger) state.ledger = { ...state.ledger, gapStep: state.ledger.step }
}

/** From the beginning of the gap to the event of the current step, as one step. */
export function stepSinceGap({ ledger }: SessionState): Step | undefined {
  if (ledger?.gapStep === undefined) return undefined
  const { fromSeq, fromTsMs } = ledger.gapStep
  return { ...ledger.step, fromSeq, fromTsMs }
}

/** Write down a booking; of the current step, unless it was held back. */
export function enter(
  state: SessionState,
  account: Account,
  ms: number,
  partOrdinal?: number,
  step = state.ledger?.step,
): void {
  const { ledger } = state
  if (ledger === undefined || step === undefined) return
  const booking = { account, step, ms, partOrdinal }
  state.ledger = { ...ledger, bookings: add(ledger.bookings, booking) }
}

/** Write down what was watched in a step; at midnight two stretches of a live day. */
export function enterWatched(state: SessionState, watched: Watched, step: Step): void {
  const { ledger } = state
  if (ledger === undefined) return
  const viewings = watched.map(([fromMs, toMs]): Viewing => ({ step, fromMs, toMs }))
  state.ledger = { ...ledger, viewings: viewings.reduce<List<Viewing>>(add, ledger.viewings) }
}

/** Write down what changed in the step, once all of it has been applied; `metricsOf` gives the figures of a state. */
export function endStep(
  before: SessionState,
  state: SessionState,
  metricsOf: (state: SessionState) => SessionMetrics,
): void {
  const { ledger } = state
  if (ledger === undefined) return
  const figures = [metricsOf(before), metricsOf(state)] as const
  const found = [...changes(before, state, figures, ledger.step), ...statesOn(before, state, ledger.step)]
  state.ledger = {
    ...ledger,
    causes: found.reduce<List<Cause>>(add, ledger.causes),
    moments: add(ledger.moments, momentOf(state, ledger.step)),
  }
}

/** Oldest first. */
export function listed<Item>(list: List<Item>): Item[] {
  const items: Item[] = []
  for (let rest = list; rest !== undefined; rest = rest.before) items.push(rest.newest)
  return items.toReversed()
}

function momentOf(state: SessionState, step: Step): Moment {
  const { main, playheadMs, start, totals, quality, ad, adBreak, chapter, states } = state
  return {
    step,
    main,
    playheadMs: positionOf(playheadMs, start.isLive) ?? 0,
    ad: ad && { ordinal: ad.ordinal, play: ad.play },
    isInBreak: adBreak !== undefined,
    chapterOrdinal: chapter?.ordinal,
    statesOn: states.filter(({ isOn }) => isOn).map(({ name }) => name),
    heldMs: (state.stillRun?.held ?? []).reduce((sum, { stepMs }) => sum + stepMs, 0),
    // A state is a draft until the next one is made of it.
    totals: { ...totals },
    quality: { ...quality },
  }
}

function changes(
  before: SessionState,
  after: SessionState,
  [old, now]: readonly [SessionMetrics, SessionMetrics],
  { toSeq: seq }: Step,
): Cause[] {
  const causes: Cause[] = counted.flatMap((metric) =>
    old[metric] === now[metric] ? [] : [changed(metric, seq)],
  )
  for (const part of ['ad', 'chapter'] as const) {
    const [from, to] = [before[part]?.ordinal, after[part]?.ordinal]
    if (from === to) continue
    if (from !== undefined) causes.push({ kind: 'ended', part, ordinal: from, seq })
    if (to !== undefined) causes.push({ kind: 'began', part, ordinal: to, seq })
  }
  return causes
}

function statesOn(before: SessionState, after: SessionState, step: Step): Cause[] {
  // The list only ever grows at its end.
  return after.states.flatMap(({ name, timeMs }, index) => {
    const ms = timeMs - (before.states[index]?.timeMs ?? 0)
    return ms === 0 ? [] : [{ kind: 'stateOn' as const, name, step, ms }]
  })
}

function changed(metric: CountedMetric, seq: number): Cause {
  return { kind: 'changed', metric, seq }
}

function add<Item>(list: List<Item>, newest: Item): List<Item> {
  return { newest, before: list }
}

function isCounted({ id, kind }: MetricDefinition): boolean {
  return kind === 'flag' || kind === 'count' || id === 'timeToStart' || id === 'framesPerSecond'
}
