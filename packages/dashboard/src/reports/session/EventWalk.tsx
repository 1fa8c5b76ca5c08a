import { useState } from 'react'
import { useText } from '../../text/useText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { EventDetail } from './EventDetail.tsx'
import { EventList } from './EventList.tsx'
import { intervalsOf, MetricOrigins } from './MetricOrigins.tsx'
import { SessionFigure } from './SessionFigure.tsx'
import type { ExplainedReport } from './sessionReport.ts'

/** The events of a session one after the other, and what was made of them. */
export function EventWalk({ report }: { readonly report: ExplainedReport }) {
  const { text } = useText()
  const { session, events } = report
  const [picked, setPicked] = useState<number>()
  const [metric, setMetric] = useState<string>()
  // The newest one, until one is picked: an open session is followed.
  const at = Math.min(picked ?? (session.status === 'open' ? events.length - 1 : 0), events.length - 1)
  const pickSeq = (seq: number): void => setPicked(events.findIndex((event) => event.seq === seq))
  return (
    <>
      <Panel title={text.timeline} hasPicture>
        <SessionFigure report={report} at={at} onPick={setPicked} marked={intervalsOf(metric, report)} />
        <div className="steps">
          <button type="button" disabled={at <= 0} onClick={() => setPicked(at - 1)}>
            ‹ {text.stepBack}
          </button>
          <span aria-live="polite">
            {at + 1} / {events.length}: <b>{events[at]?.eventType}</b>
          </span>
          <button type="button" disabled={at >= events.length - 1} onClick={() => setPicked(at + 1)}>
            {text.stepOn} ›
          </button>
        </div>
      </Panel>
      <div className="panels is-narrow">
        <Panel title={`${text.event} #${at + 1}`}>
          <EventDetail report={report} at={at} />
        </Panel>
        <Panel title={text.metrics} about={text.metricsAbout}>
          <MetricOrigins report={report} metric={metric} onMetric={setMetric} onEvent={pickSeq} />
        </Panel>
        <Panel title={text.events}>
          <EventList report={report} at={at} onPick={setPicked} />
        </Panel>
      </div>
    </>
  )
}
