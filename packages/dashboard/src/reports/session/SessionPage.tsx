import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import { fetchJson } from '../../api/fetchJson.ts'
import { clockTime } from '../../text/formats.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { Heading } from '../../ui/Heading.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Tile } from '../../ui/Tile.tsx'
import { useView } from '../../view/useView.ts'
import { EventDetail } from './EventDetail.tsx'
import { EventList } from './EventList.tsx'
import { intervalsOf, MetricOrigins } from './MetricOrigins.tsx'
import { SessionFigure } from './SessionFigure.tsx'
import type { SessionReport } from './sessionReport.ts'

/** How often an open session is asked for again, milliseconds. */
const refreshMs = 2000

/** The session debugger: every event of a session, what was made of it, and where each figure comes from. */
export function SessionPage() {
  const { text } = useText()
  const { sid } = useParams<{ sid: string }>()
  const result = useQuery({
    queryKey: ['session', sid],
    queryFn: ({ signal }) =>
      fetchJson<SessionReport>(`reporting/v1/sessions/${encodeURIComponent(sid)}?events=1&explain=1`, {
        signal,
      }),
    refetchInterval: ({ state }) => (state.data?.session.status === 'open' ? refreshMs : false),
  })
  return (
    <>
      {result.data === undefined && <Heading title={text.sessions} />}
      <Asked result={result}>{(report) => <Debugger key={report.session.id} report={report} />}</Asked>
    </>
  )
}

function Debugger({ report }: { readonly report: SessionReport }) {
  const { text, format } = useText()
  const { view } = useView()
  const { session, events, contextData } = report
  const closeCause = session.closeCause && (text.closeCauses[session.closeCause] ?? session.closeCause)
  const [picked, setPicked] = useState<number>()
  const [metric, setMetric] = useState<string>()
  // The newest one, until one is picked: an open session is followed.
  const at = Math.min(picked ?? (session.status === 'open' ? events.length - 1 : 0), events.length - 1)
  const pickSeq = (seq: number): void => setPicked(events.findIndex((event) => event.seq === seq))
  const numberOf = (key: string): number | null =>
    typeof contextData[key] === 'number' ? contextData[key] : null
  return (
    <>
      <Heading title={session.contentName || session.contentId || session.id} kind={text.sessions} />
      <p className="about">
        <span className={`badge is-${session.status}`}>
          {session.status === 'open' ? text.open : text.closed}
        </span>{' '}
        {[session.playerName, session.channel, closeCause].filter(Boolean).join(' · ')} ·{' '}
        {format.dateTime(session.startedAt, view.timeZone)} · <code>{session.id}</code>
      </p>
      <dl className="tiles">
        <Tile title={text.contentTime} value={numberOf('a.media.timePlayed')} unit="seconds" />
        <Tile title={text.mediaTime} value={session.mediaTimeSpent} unit="seconds" />
        <Tile title={text.ads} value={numberOf('a.media.adCount')} unit="count" />
        <Tile title={text.pause} value={numberOf('a.media.pauseTime')} unit="seconds" />
        <Tile title={text.buffering} value={numberOf('a.media.qoe.bufferTime')} unit="seconds" />
        <Tile title={text.stall} value={numberOf('a.media.qoe.stallTime')} unit="seconds" />
      </dl>
      {!report.explanation.isOfReported && <p role="alert">{text.notOfReported}</p>}
      <p className="about">{text.precision(clockTime(session.longestGap))}</p>
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
