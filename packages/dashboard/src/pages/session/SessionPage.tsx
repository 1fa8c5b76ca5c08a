import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '../../query/fetchJson.ts'
import { useNames } from '../../query/useNames.ts'
import { clockTime } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { Heading } from '../../components/Heading.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Tiles } from '../../components/Tiles.tsx'
import { useLastPart } from '../../query/address.ts'
import { useAddressPart } from '../../query/useAddressPart.ts'
import { useView } from '../../query/useView.ts'
import { EventWalk } from './EventWalk.tsx'
import { MetricList } from './MetricList.tsx'
import { explained, type SessionReport } from './sessionReport.ts'
import { SessionRefusals } from './SessionRefusals.tsx'
import { metricTable } from './sessionTables.ts'

/** How often an open session is asked for again, milliseconds. */
const refreshMs = 2000

/** The session debugger: every event of a session, what was made of it, and where each figure comes from. */
export function SessionPage() {
  const { text } = useText()
  const sid = useLastPart()
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
  const { titleOf } = useNames()
  const { session, contextData } = report
  const name = session.contentName || session.contentId || session.id
  const closeCause = session.closeCause && (text.closeCauses[session.closeCause] ?? session.closeCause)
  const [metric, setMetric] = useAddressPart('metric')
  const told = useMemo(() => explained(report), [report])
  const numberOf = (key: string): number | null =>
    typeof contextData[key] === 'number' ? contextData[key] : null
  return (
    <>
      <Heading title={name} kind={text.sessions} />
      <p className="about">
        <span className={`badge is-${session.status}`}>
          {session.status === 'open' ? text.open : text.closed}
        </span>{' '}
        {[session.playerName, session.channel, closeCause].filter(Boolean).join(' · ')} ·{' '}
        {format.dateTime(session.startedAt, view.timeZone)} · <code>{session.id}</code>
      </p>
      <Tiles
        title={name}
        tiles={[
          { title: text.contentTime, value: numberOf('a.media.timePlayed'), unit: 'seconds' },
          { title: text.mediaTime, value: session.mediaTimeSpent, unit: 'seconds' },
          { title: text.ads, value: numberOf('a.media.adCount'), unit: 'count' },
          { title: text.pause, value: numberOf('a.media.pauseTime'), unit: 'seconds' },
          { title: text.buffering, value: numberOf('a.media.qoe.bufferTime'), unit: 'seconds' },
          { title: text.stall, value: numberOf('a.media.qoe.stallTime'), unit: 'seconds' },
        ]}
      />
      {told ? (
        <>
          {!told.explanation.isOfReported && <p role="alert">{text.notOfReported}</p>}
          <p className="about">{text.precision(clockTime(session.longestGap))}</p>
          <EventWalk report={told} metric={metric} onMetric={setMetric} />
        </>
      ) : (
        <>
          <p role="status">{text.eventsGone}</p>
          <div className="panels is-narrow">
            <Panel title={text.metrics} table={() => metricTable(report, text, titleOf)}>
              <MetricList report={report} metric={metric} onMetric={setMetric} />
            </Panel>
          </div>
        </>
      )}
      <SessionRefusals sid={session.id} refreshMs={session.status === 'open' && refreshMs} />
    </>
  )
}
