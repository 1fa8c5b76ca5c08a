import type { ReactNode } from 'react'
import { clockTime } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import { ProblemLine } from '../../components/ProblemLine.tsx'
import { stateName } from '../../i18n/stateName.ts'
import { isoAt } from '../../query/isoAt.ts'
import { useView } from '../../query/useView.ts'
import { indentJson } from './indentJson.ts'
import type { ExplainedReport } from './sessionReport.ts'

/** One event: as it was sent, what was odd about it, and what the session was doing after it. */
export function EventDetail({ report, at }: { readonly report: ExplainedReport; readonly at: number }) {
  const { text, format } = useText()
  const { view } = useView()
  const event = report.events[at]
  if (event === undefined) return null
  const { seq, receivedAt, raw, playerTime } = event
  const moment = report.explanation.moments.find((one) => one.seq === seq)
  const odd = report.diagnostics.filter((one) => one.seq === seq)
  const seconds = (ms: number): string => clockTime(ms / 1000)
  const delay = (ms: number): string =>
    Math.abs(ms) < 60_000 ? format.figure(ms, 'milliseconds') : clockTime(ms / 1000)
  return (
    <div className="event-detail">
      <dl className="facts">
        <Fact name={text.receivedAt}>{timeOfDay(receivedAt, view.timeZone)}</Fact>
        <Fact name={text.deviceClock}>{timeOfDay(playerTime.ts, view.timeZone)}</Fact>
        <Fact name={text.delay}>{delay(receivedAt - playerTime.ts)}</Fact>
        <Fact name={text.playhead}>{format.exact(playerTime.playhead)}</Fact>
        <Fact name={text.journalNumber}>{seq}</Fact>
      </dl>
      <h3>{text.stateAfter}</h3>
      {moment ? (
        <dl className="facts" data-testid="moment">
          <Fact name={text.content}>{text.plays[moment.content]}</Fact>
          <Fact name={text.playhead}>{clockTime(moment.playhead)}</Fact>
          <Fact name={text.ad}>
            {moment.ad
              ? `#${moment.ad.ordinal} ${text.plays[moment.ad.play]}`
              : moment.isInBreak
                ? text.adBreak
                : '–'}
          </Fact>
          <Fact name={text.chapter}>{moment.chapter === null ? '–' : `#${moment.chapter}`}</Fact>
          <Fact name={text.states} isText>
            {moment.states.map((name) => stateName(text, name)).join(', ') || '–'}
          </Fact>
          <Fact name={text.bitrate}>{format.figure(moment.bitrate, 'kbps')}</Fact>
          <Fact name={text.contentTime}>{seconds(moment.totals.content)}</Fact>
          <Fact name={text.adTime}>{seconds(moment.totals.ad)}</Fact>
          <Fact name={text.pause}>{seconds(moment.totals.pause)}</Fact>
          <Fact name={text.buffering}>{seconds(moment.totals.buffer)}</Fact>
          <Fact name={text.stall}>{seconds(moment.totals.stall)}</Fact>
          <Fact name={text.undecided}>{seconds(moment.totals.undecided)}</Fact>
        </dl>
      ) : (
        <p className="about">{text.notApplied}</p>
      )}
      {odd.length > 0 && (
        <>
          <h3>{text.diagnostics}</h3>
          <ul className="diagnostics">
            {odd.map((warning) => (
              <li key={warning.code + warning.pointer}>
                <ProblemLine problem={warning} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{text.asSent}</h3>
      <pre className="body" tabIndex={0}>
        {indentJson(raw)}
      </pre>
    </div>
  )
}

interface FactProps {
  readonly name: string
  readonly children: ReactNode
  /** Whether it is words, which may be broken into lines. */
  readonly isText?: boolean
}

function Fact({ name, children, isText = false }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isText ? undefined : 'is-figure'}>{children}</dd>
    </div>
  )
}

/** To the millisecond, with the offset of the time zone; the day is that of the session. */
function timeOfDay(epochMs: number, timeZone: string): string {
  return isoAt(epochMs, timeZone).slice(11)
}
