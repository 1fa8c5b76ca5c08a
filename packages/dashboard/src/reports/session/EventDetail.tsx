import { clockTime } from '../../text/formats.ts'
import { useText } from '../../text/useText.tsx'
import type { SessionReport } from './sessionReport.ts'

/** One event: as it was sent, what was odd about it, and what the session was doing after it. */
export function EventDetail({ report, at }: { readonly report: SessionReport; readonly at: number }) {
  const { text, format } = useText()
  const event = report.events[at]
  if (event === undefined) return null
  const { seq, receivedAt, ...body } = event
  const moment = report.explanation.moments.find((one) => one.seq === seq)
  const odd = report.diagnostics.filter((one) => one.seq === seq)
  const seconds = (ms: number): string => clockTime(ms / 1000)
  return (
    <div className="event-detail">
      <dl className="facts">
        <dt>{text.receivedAt}</dt>
        <dd>{timeOfDay(receivedAt)}</dd>
        <dt>{text.deviceClock}</dt>
        <dd>{timeOfDay(body.playerTime.ts)}</dd>
        <dt>{text.delay}</dt>
        <dd>{format.figure(receivedAt - body.playerTime.ts, 'milliseconds')}</dd>
        <dt>{text.playhead}</dt>
        <dd>{body.playerTime.playhead}</dd>
      </dl>
      <h3>{text.stateAfter}</h3>
      {moment ? (
        <dl className="facts" data-testid="moment">
          <dt>{text.content}</dt>
          <dd>{moment.content}</dd>
          <dt>{text.playhead}</dt>
          <dd>{clockTime(moment.playhead)}</dd>
          <dt>{text.ad}</dt>
          <dd>
            {moment.ad ? `#${moment.ad.ordinal} ${moment.ad.play}` : moment.isInBreak ? text.adBreak : '–'}
          </dd>
          <dt>{text.chapter}</dt>
          <dd>{moment.chapter === null ? '–' : `#${moment.chapter}`}</dd>
          <dt>{text.states}</dt>
          <dd>{moment.states.join(', ') || '–'}</dd>
          <dt>{text.bitrate}</dt>
          <dd>{format.figure(moment.bitrate, 'kbps')}</dd>
          <dt>{text.contentTime}</dt>
          <dd>{seconds(moment.totals.content)}</dd>
          <dt>{text.adTime}</dt>
          <dd>{seconds(moment.totals.ad)}</dd>
          <dt>{text.pause}</dt>
          <dd>{seconds(moment.totals.pause)}</dd>
          <dt>{text.buffering}</dt>
          <dd>{seconds(moment.totals.buffer)}</dd>
          <dt>{text.stall}</dt>
          <dd>{seconds(moment.totals.stall)}</dd>
          <dt>{text.undecided}</dt>
          <dd>{seconds(moment.totals.undecided)}</dd>
        </dl>
      ) : (
        <p className="about">{text.notApplied}</p>
      )}
      {odd.length > 0 && (
        <>
          <h3>{text.diagnostics}</h3>
          <ul className="diagnostics">
            {odd.map(({ code, pointer, message, hint }) => (
              <li key={code + pointer}>
                <code>{code}</code> {pointer !== '' && <code>{pointer}</code>} {message} <em>{hint}</em>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{text.asSent}</h3>
      <pre className="body" tabIndex={0}>
        {JSON.stringify(body, null, 2)}
      </pre>
    </div>
  )
}

/** To the millisecond, in UTC, as logs have it; the day is that of the session. */
function timeOfDay(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(11)
}
