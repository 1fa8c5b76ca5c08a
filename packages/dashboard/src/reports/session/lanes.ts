import type { Interval, ExplainedReport } from './sessionReport.ts'

/** One row of the session's picture: what went on when, by the device's clock. */
export interface Lane {
  readonly id: LaneKind | `state ${string}`
  readonly kind: LaneKind
  /** A player state's own name; the others are named by the interface. */
  readonly name?: string
  readonly bars: readonly Bar[]
}

export type LaneKind = 'content' | 'ad' | 'chapter' | 'pause' | 'buffer' | 'stall' | 'quality' | 'state'

/** Epoch milliseconds. */
export interface Bar {
  readonly from: number
  readonly to: number
  readonly fromSeq: number
  readonly toSeq: number
  /** The ad's or the chapter's name. */
  readonly label?: string
}

/** The rows that have something on them, always beginning with content. */
export function lanesOf({ explanation, ads, chapters }: ExplainedReport): Lane[] {
  const { durations, states } = explanation
  const partBars = (parts: typeof explanation.ads, labels: ReadonlyMap<number, string>): Bar[] =>
    parts.flatMap(({ ordinal, timeSpent }) =>
      timeSpent.intervals.map((interval) => ({
        ...bar(interval),
        label: labels.get(ordinal) ?? `#${ordinal}`,
      })),
    )
  const labelsOf = (parts: ExplainedReport['ads'], ...keys: readonly string[]): Map<number, string> =>
    new Map(
      parts.flatMap(({ ordinal, contextData }) => {
        const label = keys.map((key) => contextData[key]).find((value) => typeof value === 'string')
        return label === undefined ? [] : [[ordinal, label] as const]
      }),
    )
  const lanes: Lane[] = [
    lane('content', durations.contentTimeSpent.intervals.map(bar)),
    lane('ad', partBars(explanation.ads, labelsOf(ads, 'a.media.ad.friendlyName', 'a.media.ad.name'))),
    lane(
      'chapter',
      partBars(
        explanation.chapters,
        labelsOf(chapters, 'a.media.chapter.friendlyName', 'a.media.chapter.name'),
      ),
    ),
    lane('pause', durations.totalPauseDuration.intervals.map(bar)),
    lane('buffer', durations.totalBufferDuration.intervals.map(bar)),
    lane('stall', durations.totalStallDuration.intervals.map(bar)),
    lane('quality', bitrateBars(explanation.moments)),
    ...states.map(
      ({ name, intervals }) => ({ ...lane('state', intervals.map(bar)), id: `state ${name}`, name }) as const,
    ),
  ]
  return lanes.filter(({ kind, bars }) => kind === 'content' || bars.length > 0)
}

/** From the first event to the last, by the device's clock; at least a second. */
export function spanOf({ events }: Pick<ExplainedReport, 'events'>): [from: number, to: number] {
  const times = events.map(({ playerTime }) => playerTime.ts)
  const [from, to] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))]
  return [from, Math.max(to, from + 1000)]
}

/** How long each bitrate held, from the event that told of it to the one that told of another. */
function bitrateBars(moments: ExplainedReport['explanation']['moments']): Bar[] {
  const bars: Bar[] = []
  for (const { seq, ts, bitrate } of moments) {
    const last = bars.at(-1)
    const label = bitrate === null ? undefined : `${bitrate} kbit/s`
    if (last) bars[bars.length - 1] = { ...last, to: Math.max(ts, last.from), toSeq: seq }
    if (label === last?.label) continue
    if (label === undefined) break
    bars.push({ from: ts, to: ts, fromSeq: seq, toSeq: seq, label })
  }
  return bars
}

function lane(kind: LaneKind, bars: readonly Bar[]): Lane & { readonly id: LaneKind } {
  return { id: kind, kind, bars }
}

function bar({ fromTs, toTs, fromSeq, toSeq }: Interval): Bar {
  return { from: fromTs, to: toTs, fromSeq, toSeq }
}
