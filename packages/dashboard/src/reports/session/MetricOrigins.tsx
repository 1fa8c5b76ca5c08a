import type { MetricDefinition } from '@playhead/protocol/reporting'
import { useNames } from '../../report/useNames.ts'
import { clockTime } from '../../text/formats.ts'
import { useText } from '../../text/useText.tsx'
import { MetricList, type MetricListProps } from './MetricList.tsx'
import { type Origin, originOf } from './origins.ts'
import { placesOf } from './places.ts'
import type { ExplainedReport, Interval } from './sessionReport.ts'
import { valueOf } from './valueOf.ts'

export interface MetricOriginsProps extends Omit<MetricListProps, 'children'> {
  readonly report: ExplainedReport
  readonly onEvent: (seq: number) => void
}

/** Every metric of the session, and where it comes from. */
export function MetricOrigins({ report, metric, onMetric, onEvent }: MetricOriginsProps) {
  const { text } = useText()
  return (
    <MetricList {...{ report, metric, onMetric }}>
      {(definition) => (
        <OriginOf
          origin={originOf(definition.id, report.explanation) ?? nothingOf(definition, report)}
          {...{ report, onEvent }}
          none={text.byItsRule}
        />
      )}
    </MetricList>
  )
}

/** The intervals that a metric is the sum of. */
export function intervalsOf(
  metric: string | undefined,
  { explanation }: ExplainedReport,
): readonly Interval[] {
  if (metric === undefined) return []
  const origin = originOf(metric, explanation)
  return [
    ...(origin?.intervals ?? []),
    ...(origin?.sumOf ?? []).flatMap((part) => originOf(part, explanation)?.intervals ?? []),
  ]
}

function OriginOf({
  origin,
  report,
  onEvent,
  none,
}: Pick<MetricOriginsProps, 'report' | 'onEvent'> & {
  readonly origin: Origin | undefined
  readonly none: string
}) {
  const { text, format } = useText()
  const { titleOf } = useNames()
  if (origin === undefined) return <p className="about">{none}</p>
  const startTs = report.events[0]?.playerTime.ts ?? 0
  const at = (ts: number): string => clockTime((ts - startTs) / 1000)
  const places = placesOf(report)
  const link = (seq: number) => (
    <button type="button" className="link" onClick={() => onEvent(seq)}>
      #{places.get(seq) ?? '–'}
    </button>
  )
  return (
    <ul className="origin">
      {origin.sumOf.length > 0 && <li>{origin.sumOf.map((id) => titleOf(id)).join(' + ')}</li>}
      {origin.intervals.map(({ fromSeq, toSeq, fromTs, toTs, ms }) => (
        <li key={`${fromSeq} ${fromTs}`}>
          {at(fromTs)} – {at(toTs)} ({link(fromSeq)} – {link(toSeq)}): {format.exact(ms / 1000)} s
        </li>
      ))}
      {origin.stretches.map(({ fromPlayhead, toPlayhead, ms, viewings }) => (
        <li key={fromPlayhead}>
          {text.playhead} {clockTime(fromPlayhead)} – {clockTime(toPlayhead)} (
          {viewings.map(({ fromSeq, toSeq }, nth) => (
            <span key={toSeq}>
              {nth > 0 && ', '}
              {link(fromSeq)} – {link(toSeq)}
            </span>
          ))}
          ): {format.exact(ms / 1000)} s
        </li>
      ))}
      {origin.events.length > 0 && (
        <li>
          {text.changedBy}{' '}
          {origin.events.map((seq) => (
            <span key={seq}>{link(seq)} </span>
          ))}
        </li>
      )}
      {origin.sumOf.length + origin.intervals.length + origin.stretches.length + origin.events.length ===
        0 && <li>{text.nothingCounted}</li>}
    </ul>
  )
}

/** A count of nothing, and a flag that is not set, have no events: there is nothing that its rule would have to explain. */
function nothingOf(definition: MetricDefinition, report: ExplainedReport): Origin | undefined {
  const { kind } = definition
  return (kind === 'count' || kind === 'flag') && !valueOf(definition, report)
    ? { intervals: [], stretches: [], events: [], sumOf: [] }
    : undefined
}
