import { clockTime } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import type { ExplainedReport } from './sessionReport.ts'

export interface EventListProps {
  readonly report: ExplainedReport
  readonly at: number
  readonly onPick: (index: number) => void
}

/** Rows that are drawn around the one that is looked at; a day of playback has thousands. */
const rowsMax = 200

/** The session's events in the order in which they came in. */
export function EventList({ report, at, onPick }: EventListProps) {
  const { text, format } = useText()
  const { events, diagnostics } = report
  const startTs = events[0]?.at ?? 0
  const odd = new Set(diagnostics.map(({ seq }) => seq))
  const first = Math.max(0, Math.min(at - rowsMax / 2, events.length - rowsMax))
  return (
    <section className="table is-tall" aria-label={text.events} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="is-number">
              #
            </th>
            <th scope="col">{text.event}</th>
            <th scope="col" className="is-number">
              {text.clock}
            </th>
            <th scope="col" className="is-number">
              {text.playhead}
            </th>
          </tr>
        </thead>
        <tbody>
          {events.slice(first, first + rowsMax).map(({ seq, eventType, playerTime, at: eventAt }, row) => (
            <tr
              key={seq}
              aria-current={first + row === at ? 'true' : undefined}
              ref={first + row === at ? showRow : undefined}
            >
              <td className="is-number">{first + row + 1}</td>
              <td>
                <button type="button" className="link" onClick={() => onPick(first + row)}>
                  {eventType}
                </button>
                {odd.has(seq) && <span className="mark" title={text.diagnostics} />}
              </td>
              <td className="is-number">{clockTime((eventAt - startTs) / 1000)}</td>
              <td className="is-number">{format.exact(playerTime.playhead)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Scroll the list, and not the page around it, until a row is seen below its head. */
function showRow(row: HTMLTableRowElement | null): void {
  const [box, head] = [row?.closest('.table'), row?.closest('table')?.tHead]
  if (!row || !box || !head) return
  const { top, bottom } = row.getBoundingClientRect()
  const boxTop = box.getBoundingClientRect().top
  const above = boxTop + head.getBoundingClientRect().height - top
  const below = bottom - boxTop - box.clientHeight
  if (above > 0) box.scrollTop -= above
  else if (below > 0) box.scrollTop += below
}
