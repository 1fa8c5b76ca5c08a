import { partNames } from './parts.ts'
import type { Interval, ExplainedReport } from './sessionReport.ts'

/** One row of the session's picture: what went on when, by the device's clock. */
export interface Lane {
  readonly id: LaneKind | `${'state' | 'marks'} ${string}`
  readonly kind: LaneKind
  /** A player state's own name; the others are named by the interface. */
  readonly name?: string
  /** The metric that changed at the marks. */
  readonly metric?: string
  readonly bars: readonly Bar[]
}

export type LaneKind =
  | 'content'
  | 'break'
  | 'ad'
  | 'chapter'
  | 'pause'
  | 'buffer'
  | 'stall'
  | 'bitrate'
  | 'marks'
  | 'state'

/** Epoch milliseconds; what happened at one moment ends where it begins. */
export interface Bar {
  readonly from: number
  readonly to: number
  readonly fromSeq: number
  readonly toSeq: number
  /** The ad's or the chapter's name, or the value. */
  readonly label?: string
}

/** The rows that have something on them, always beginning with content. */
export function lanesOf(report: ExplainedReport): Lane[] {
  const { explanation, events } = report
  const { durations, states, moments, causes } = explanation
  const partBars = (kind: 'ads' | 'chapters'): Bar[] => {
    const nameOf = partNames(report, kind)
    return explanation[kind].flatMap(({ ordinal, timeSpent }) =>
      timeSpent.intervals.map((interval) => ({ ...bar(interval), label: nameOf(ordinal) ?? `#${ordinal}` })),
    )
  }
  const lanes: Lane[] = [
    lane('content', durations.contentTimeSpent.intervals.map(bar)),
    lane(
      'break',
      runs(moments, ({ isInBreak }) => (isInBreak ? '' : undefined)),
    ),
    lane('ad', partBars('ads')),
    lane('chapter', partBars('chapters')),
    lane('pause', durations.totalPauseDuration.intervals.map(bar)),
    lane('buffer', durations.totalBufferDuration.intervals.map(bar)),
    lane('stall', durations.totalStallDuration.intervals.map(bar)),
    lane(
      'bitrate',
      runs(moments, ({ bitrate }) => (bitrate === null ? undefined : `${bitrate} kbit/s`)),
    ),
    ...marked.map(
      ({ metric, key, unit }) =>
        ({
          ...lane('marks', marks(events, causes[metric], key, unit)),
          id: `marks ${metric}`,
          metric,
        }) as const,
    ),
    ...states.map(
      ({ name, intervals }) => ({ ...lane('state', intervals.map(bar)), id: `state ${name}`, name }) as const,
    ),
  ]
  return lanes.filter(({ kind, bars }) => kind === 'content' || bars.length > 0)
}

/** From the first event to the last, by the session's clock; at least a second. */
export function spanOf({ events }: Pick<ExplainedReport, 'events'>): [from: number, to: number] {
  const times = events.map(({ at }) => at)
  const [from, to] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))]
  return [from, Math.max(to, from + 1000)]
}

/** How long something held, from the event that told of it to the one that told of another. */
function runs(moments: Moments, labelOf: (moment: Moments[number]) => string | undefined): Bar[] {
  const bars: Bar[] = []
  let held: string | undefined
  for (const moment of moments) {
    const { seq, ts } = moment
    const last = bars.at(-1)
    if (last && held !== undefined)
      bars[bars.length - 1] = { ...last, to: Math.max(ts, last.from), toSeq: seq }
    const label = labelOf(moment)
    if (label !== undefined && label !== held)
      bars.push({ from: ts, to: ts, fromSeq: seq, toSeq: seq, label })
    held = label
  }
  return bars
}

type Moments = ExplainedReport['explanation']['moments']

/** What players tell of quality now and then, and the key in `qoeData` by which they do. */
const marked = [
  { metric: 'errorEvents', key: 'media.qoe.errorID', unit: '' },
  { metric: 'droppedFrames', key: 'media.qoe.droppedFrames', unit: '' },
  { metric: 'timeToStart', key: 'media.qoe.timeToStart', unit: ' ms' },
  { metric: 'framesPerSecond', key: 'media.qoe.framesPerSecond', unit: ' fps' },
] as const

/** The events after which a metric was another one, with what they sent. */
function marks(
  events: ExplainedReport['events'],
  seqs: readonly number[] = [],
  key: string,
  unit: string,
): Bar[] {
  const changing = new Set(seqs)
  return events
    .filter(({ seq }) => changing.has(seq))
    .map(({ seq, at, qoeData }) => {
      const value = qoeData?.[key]
      const label = typeof value === 'string' || typeof value === 'number' ? `${value}${unit}` : ''
      return { from: at, to: at, fromSeq: seq, toSeq: seq, label }
    })
}

function lane(kind: LaneKind, bars: readonly Bar[]): Lane & { readonly id: LaneKind } {
  return { id: kind, kind, bars }
}

function bar({ fromTs, toTs, fromSeq, toSeq }: Interval): Bar {
  return { from: fromTs, to: toTs, fromSeq, toSeq }
}
