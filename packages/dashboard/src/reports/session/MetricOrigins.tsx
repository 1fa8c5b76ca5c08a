import { type MetricDefinition, sessionMetrics } from '@playhead/protocol/reporting'
import { useNames } from '../../report/useNames.ts'
import { clockTime, type Formats } from '../../text/formats.ts'
import { useText } from '../../text/useText.tsx'
import { type Origin, originOf } from './origins.ts'
import { placesOf } from './places.ts'
import type { Interval, SessionReport } from './sessionReport.ts'

export interface MetricOriginsProps {
  readonly report: SessionReport
  /** The metric that is looked at. */
  readonly metric: string | undefined
  readonly onMetric: (metric: string | undefined) => void
  readonly onEvent: (seq: number) => void
}

/** Every metric of the session, and where it comes from. */
export function MetricOrigins({ report, metric, onMetric, onEvent }: MetricOriginsProps) {
  const { text, format } = useText()
  const { titleOf, ruleOf } = useNames()
  return (
    <div className="metrics">
      {sessionMetrics.map((definition) => {
        const { id } = definition
        const isOpen = id === metric
        return (
          <details key={id} open={isOpen} data-metric={id}>
            <summary
              onClick={(event) => {
                event.preventDefault()
                onMetric(isOpen ? undefined : id)
              }}
            >
              <span>{titleOf(id)}</span>
              <b>{valueOf(definition, report.contextData, format.exact)}</b>
            </summary>
            {isOpen && (
              <>
                <p className="about">{ruleOf(id)}</p>
                <OriginOf
                  origin={originOf(id, report.explanation) ?? nothingOf(definition, report.contextData)}
                  {...{ report, onEvent }}
                  none={text.byItsRule}
                />
              </>
            )}
          </details>
        )
      })}
    </div>
  )
}

/** The intervals that a metric is the sum of. */
export function intervalsOf(metric: string | undefined, { explanation }: SessionReport): readonly Interval[] {
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
function nothingOf(
  { contextData, kind }: MetricDefinition,
  reported: SessionReport['contextData'],
): Origin | undefined {
  const isNothing = contextData !== undefined && !reported[contextData]
  return isNothing && (kind === 'count' || kind === 'flag')
    ? { intervals: [], stretches: [], events: [], sumOf: [] }
    : undefined
}

/** As it is reported; flags are left out of a report where they are not set. */
function valueOf(
  { contextData, kind }: MetricDefinition,
  reported: SessionReport['contextData'],
  exact: Formats['exact'],
): string {
  const value = contextData === undefined ? undefined : reported[contextData]
  if (kind === 'flag') return value === true ? '✓' : '–'
  if (value === undefined || value === null) return '–'
  if (Array.isArray(value)) return value.join(', ') || '–'
  if (typeof value === 'number') {
    const rounded = exact(value)
    return kind === 'duration' && value >= 60 ? `${rounded} s · ${clockTime(value)}` : rounded
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
