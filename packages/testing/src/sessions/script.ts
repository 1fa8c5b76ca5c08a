import {
  type EventCommon,
  type EventDetail,
  type Fact,
  type MediaEvent,
  type Warning,
  WarningCode,
  passTime,
  receive,
  type SessionRules,
  type SessionStart,
  type SessionState,
  type SessionSummary,
  type Timeouts,
} from '@playhead/engine'

/** The documented time-outs, with a minute of grace. */
export const timeouts: Timeouts = { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 }

/** Without a window: events are applied as they arrive. */
export const rules: SessionRules = { timeouts, reorderWindowMs: 0, areSeekedMarkersSkipped: false }

/** `ts` and arrival of second 0. */
export const startMs = 1_750_000_000_000

/** An event as a row of a table: when, where, what, and whatever is not as usual. */
export type Row = readonly [
  atS: number,
  playheadS: number,
  type: MediaEvent['type'],
  more?: Partial<EventCommon> & { states?: readonly string[]; start?: Partial<SessionStart> },
]

/** The engine's event of a row; it arrives when it happens, and no two have the same body unless `more` says so. */
export function eventOf([atS, playheadS, type, more = {}]: Row, seq: number): MediaEvent {
  const { states, start, ...changes } = more
  const common = {
    seq,
    receivedAtMs: startMs + Math.round(atS * 1000),
    tsMs: startMs + Math.round(atS * 1000),
    playheadMs: Math.round(playheadS * 1000),
    fingerprint: seq,
    quality: {},
    ...changes,
  }
  return { ...common, ...detailOf(type, seq, start, states) }
}

export interface Run {
  readonly facts: readonly Fact[]
  /** Without equal times, which most of these scripts have at their start. */
  readonly warnings: readonly Warning[]
  readonly closed: SessionSummary
  /** Kinds of the reports in order, ads and chapters with their ordinal: `adClosed 1`. */
  readonly reports: readonly string[]
}

/** Run a session, its `sessionStart` at 0 included unless the first row is one, until it is closed. */
export function run(...rows: readonly Row[]): Run {
  const all: readonly Row[] = rows[0]?.[2] === 'sessionStart' ? rows : [[0, 0, 'sessionStart'], ...rows]
  const facts: Fact[] = []
  const warnings: Warning[] = []
  let known: SessionState | undefined
  for (const [nth, row] of all.entries()) {
    const outcome = receive(known, 'sid', eventOf(row, nth + 1), rules)
    facts.push(...outcome.facts)
    warnings.push(...outcome.warnings.filter(({ code }) => code !== WarningCode.equalTs))
    known = outcome.state
  }
  if (known !== undefined) {
    const outcome = passTime(known, Number.POSITIVE_INFINITY, rules)
    facts.push(...outcome.facts)
    warnings.push(...outcome.warnings)
  }
  const closed = facts.find((fact) => fact.kind === 'sessionClosed')
  if (closed === undefined) throw new Error('the session was not closed')
  return { facts, warnings, closed: closed.session, reports: facts.map(reportOf) }
}

function reportOf(fact: Fact): string {
  switch (fact.kind) {
    case 'adStarted':
    case 'adClosed':
      return `${fact.kind} ${fact.ad.ordinal}`
    case 'chapterClosed':
      return `${fact.kind} ${fact.chapter.ordinal}`
    case 'sessionStarted':
    case 'sessionClosed':
      return fact.kind
  }
}

function detailOf(
  type: MediaEvent['type'],
  seq: number,
  start: Partial<SessionStart> = {},
  states: readonly string[] = ['mute'],
): EventDetail {
  switch (type) {
    case 'sessionStart':
      return { type, start: { ...aFilm, ...start } }
    case 'adBreakStart':
      return { type, adBreak: { dimensions: {}, index: seq } }
    case 'adStart':
      return { type, ad: { dimensions: { 'media.ad.id': `ad ${seq}` }, metadata: {} } }
    case 'chapterStart':
      return { type, chapter: { dimensions: {}, metadata: {}, index: seq } }
    case 'error':
      return { type, error: { id: `error ${seq}`, source: 'player' } }
    case 'stateStart':
    case 'statesUpdate':
      return { type, states: { ended: [], started: states } }
    case 'stateEnd':
      return { type, states: { ended: states, started: [] } }
    default:
      return { type }
  }
}

/** Recorded content of 100 s. */
const aFilm: SessionStart = {
  dimensions: { 'media.id': 'film' },
  metadata: {},
  lengthMs: 100_000,
  isLive: false,
  isResume: false,
  isDownloaded: false,
}
