import { useNames } from '../../query/useNames.ts'
import { useText } from '../../i18n/useText.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useAddressPart } from '../../query/useAddressPart.ts'
import { EventDetail } from './EventDetail.tsx'
import { EventList } from './EventList.tsx'
import type { MetricListProps } from './MetricList.tsx'
import { MetricOrigins } from './MetricOrigins.tsx'
import { intervalsBehind } from './origins.ts'
import { SessionFigure } from './SessionFigure.tsx'
import type { ExplainedReport } from './sessionReport.ts'
import { eventTable, laneTable, metricTable } from './sessionTables.ts'

export interface EventWalkProps extends Pick<MetricListProps, 'metric' | 'onMetric'> {
  readonly report: ExplainedReport
}

/** The events of a session one after the other, and what was made of them. */
export function EventWalk({ report, metric, onMetric }: EventWalkProps) {
  const { text } = useText()
  const { titleOf } = useNames()
  const { session, events } = report
  const [place, setPlace] = useAddressPart('event')
  const last = events.length - 1
  // The newest one, until one is picked: an open session is followed.
  const at = placeIn(events.length, place) ?? (session.status === 'open' ? last : 0)
  const setPicked = (index: number): void => setPlace(String(index + 1))
  const pickSeq = (seq: number): void => setPicked(events.findIndex((event) => event.seq === seq))
  const marked = metric === undefined ? [] : intervalsBehind(metric, report.explanation)
  return (
    <>
      <Panel title={text.timeline} table={() => laneTable(report, text, titleOf)}>
        <SessionFigure report={report} at={at} onPick={setPicked} marked={marked} />
        <div className="steps">
          <button type="button" disabled={at <= 0} onClick={() => setPicked(at - 1)}>
            ‹ {text.stepBack}
          </button>
          <span aria-live="polite">
            {at + 1} / {events.length}: <b>{events[at]?.eventType}</b>
          </span>
          <button type="button" disabled={at >= last} onClick={() => setPicked(at + 1)}>
            {text.stepOn} ›
          </button>
        </div>
      </Panel>
      <div className="panels is-narrow">
        <Panel title={`${text.event} #${at + 1}`} table={undefined}>
          <EventDetail report={report} at={at} />
        </Panel>
        <Panel
          title={text.metrics}
          about={text.metricsAbout}
          table={() => metricTable(report, text, titleOf)}
        >
          <MetricOrigins report={report} metric={metric} onMetric={onMetric} onEvent={pickSeq} />
        </Panel>
        <Panel title={text.events} table={() => eventTable(report, text)}>
          <EventList report={report} at={at} onPick={setPicked} />
        </Panel>
      </div>
    </>
  )
}

/** The index of the event that the address names by its place, 1 for the first; the last one where there are fewer. */
function placeIn(count: number, place: string | undefined): number | undefined {
  return place !== undefined && /^[1-9]\d*$/.test(place) ? Math.min(Number(place), count) - 1 : undefined
}
