import { useNames } from '../../query/useNames.ts'
import { clockTime } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import type { Origin } from './origins.ts'
import { placesOf } from './places.ts'
import type { ExplainedReport } from './sessionReport.ts'

export interface OriginOfProps {
  readonly origin: Origin | undefined
  readonly report: ExplainedReport
  /** A click on an event. */
  readonly onEvent: (seq: number) => void
}

/** Where a figure comes from, each event of it a way to that event. */
export function OriginOf({ origin, report, onEvent }: OriginOfProps) {
  const { text, format } = useText()
  const { titleOf } = useNames()
  if (origin === undefined) return <p className="about">{text.byItsRule}</p>
  const startTs = report.events[0]?.at ?? 0
  const at = (ts: number): string => clockTime((ts - startTs) / 1000)
  const places = placesOf(report)
  const link = (seq: number) => (
    <button type="button" className="link" onClick={() => onEvent(seq)}>
      #{places.get(seq) ?? '–'}
    </button>
  )
  return (
    <ul className="origin">
      {origin.span && (
        <li>
          {text.from} {link(origin.span[0])}
          {origin.span[1] !== null && (
            <>
              {' '}
              – {text.to} {link(origin.span[1])}
            </>
          )}
        </li>
      )}
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
