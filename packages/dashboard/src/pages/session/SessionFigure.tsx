import { scaleLinear } from 'd3-scale'
import { curveLinear, line } from 'd3-shape'
import type { PointerEvent } from 'react'
import { axisLetterSize, widthOf } from '../../charts/canvas.ts'
import { clockTicks } from '../../charts/clockTicks.ts'
import { placeLabels } from '../../charts/placeLabels.ts'
import { useWidth } from '../../charts/useWidth.ts'
import { useNames } from '../../query/useNames.ts'
import { clockTime } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import { laneName } from './laneName.ts'
import { type Bar, type Lane, lanesOf, spanOf } from './lanes.ts'
import type { Interval, ExplainedReport } from './sessionReport.ts'

export interface SessionFigureProps {
  readonly report: ExplainedReport
  /** The event that is looked at, by its place in `report.events`. */
  readonly at: number
  readonly onPick: (index: number) => void
  /** Intervals that a metric is the sum of. */
  readonly marked: readonly Interval[]
}

const laneHeight = 22
const left = 110
const right = 12
const chartHeight = 146
/** What happened at one moment is as wide, CSS pixels. */
const markWidth = 4
/** The name of the playhead's chart has a line of its own above it: it is long in some languages, CSS pixels. */
const nameHeight = 28

/** What went on when: a lane for each kind of thing, and the playhead against the clock. */
export function SessionFigure({ report, at, onPick, marked }: SessionFigureProps) {
  const { text } = useText()
  const { titleOf } = useNames()
  const nameOf = (lane: Lane): string => laneName(lane, text, titleOf)
  const [box, width] = useWidth<HTMLDivElement>()
  const lanes = lanesOf(report)
  const [from, to] = spanOf(report)
  const x = scaleLinear([from, to], [left, Math.max(width - right, left + 10)])
  const lanesHeight = lanes.length * laneHeight
  const eventsTop = lanesHeight + 6
  const chartTop = eventsTop + 22
  const height = chartTop + chartHeight + 24
  const current = report.events[at]
  const xLabels = placeLabels(
    clockTicks(0, (to - from) / 1000, Math.max(2, width / 90)).map((second) => {
      const written = clockTime(second)
      return {
        at: second,
        text: written,
        x: x(from + second * 1000),
        width: widthOf(written, 400, axisLetterSize),
      }
    }),
    width,
  )

  function pick(event: PointerEvent<SVGSVGElement>): void {
    const ts = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left)
    const distances = report.events.map(({ at: eventAt }) => Math.abs(eventAt - ts))
    onPick(distances.indexOf(distances.reduce((a, b) => Math.min(a, b))))
  }

  return (
    <div className="chart session-figure" ref={box}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={text.sessionFigure}
          onPointerDown={pick}
          onPointerMove={(event) => event.buttons > 0 && pick(event)}
        >
          {lanes.map((lane, row) => (
            <LaneRow key={lane.id} lane={lane} name={nameOf(lane)} y={row * laneHeight} x={x} />
          ))}
          {marked.map(({ fromTs, toTs, fromSeq }) => (
            <rect
              key={`${fromSeq} ${fromTs}`}
              className="marked"
              x={x(fromTs)}
              width={Math.max(x(toTs) - x(fromTs), 2)}
              y={0}
              height={chartTop + chartHeight}
            />
          ))}
          <text className="tick" x={0} y={eventsTop + 14}>
            {text.events}
          </text>
          {report.events.map(({ seq, at: eventAt }) => (
            <line
              key={seq}
              className={
                report.diagnostics.some((diagnostic) => diagnostic.seq === seq) ? 'event is-odd' : 'event'
              }
              x1={x(eventAt)}
              x2={x(eventAt)}
              y1={eventsTop}
              y2={eventsTop + 16}
            />
          ))}
          <Playheads report={report} x={x} top={chartTop} label={text.playhead} />
          {xLabels.map(({ at: second, text: written, x: middle }) => (
            <text key={second} className="tick" x={middle} y={height - 6} textAnchor="middle">
              {written}
            </text>
          ))}
          {current && (
            <line
              className="cursor"
              x1={x(current.at)}
              x2={x(current.at)}
              y1={0}
              y2={chartTop + chartHeight}
            />
          )}
        </svg>
      )}
      <LaneLists {...{ lanes, from, nameOf }} />
      <input
        type="range"
        className="scrub"
        aria-label={text.scrub}
        aria-valuetext={current && `${current.eventType} ${clockTime((current.at - from) / 1000)}`}
        min={0}
        max={report.events.length - 1}
        value={at}
        onChange={(event) => onPick(event.target.valueAsNumber)}
      />
    </div>
  )
}

/** The lanes for those who cannot see them: what was when, since the first event. */
function LaneLists({
  lanes,
  from,
  nameOf,
}: {
  readonly lanes: readonly Lane[]
  readonly from: number
  readonly nameOf: (lane: Lane) => string
}) {
  const at = (ts: number): string => clockTime((ts - from) / 1000)
  return (
    <div className="unseen">
      {lanes.map((lane) => (
        <ul key={lane.id} aria-label={nameOf(lane)}>
          {lane.bars.map((bar) => (
            <li key={`${bar.fromSeq} ${bar.from}`}>
              {bar.label} {at(bar.from)}
              {bar.to > bar.from && ` – ${at(bar.to)}`}
            </li>
          ))}
        </ul>
      ))}
    </div>
  )
}

type Place = (value: number) => number

function LaneRow({
  lane,
  name,
  y,
  x,
}: {
  readonly lane: Lane
  readonly name: string
  readonly y: number
  readonly x: Place
}) {
  return (
    <g className={`lane of-${lane.kind}`} transform={`translate(0 ${y})`}>
      <text className="tick" x={0} y={laneHeight - 7}>
        {name.length > 15 ? `${name.slice(0, 14)}…` : name}
      </text>
      <line className="grid" x1={left} x2="100%" y1={laneHeight - 1} y2={laneHeight - 1} />
      {lane.bars.map((bar) => (
        <LaneBar key={`${bar.fromSeq} ${bar.from}`} bar={bar} x={x} />
      ))}
    </g>
  )
}

function LaneBar({ bar, x }: { readonly bar: Bar; readonly x: Place }) {
  const { from, to, label } = bar
  const width = to === from ? markWidth : Math.max(x(to) - x(from), 1.5)
  const fits = label !== undefined && width > label.length * 7
  return (
    <g>
      <rect className="bar" x={x(from)} y={3} width={width} height={laneHeight - 7} rx={2}>
        <title>
          {label} {to > from && clockTime((to - from) / 1000)}
        </title>
      </rect>
      {fits && (
        <text className="bar-label" x={x(from) + 4} y={laneHeight - 8}>
          {label}
        </text>
      )}
    </g>
  )
}

/** The playhead that each event reported: on the diagonal it plays, level it stands, and it leaps where it is seeked. */
function Playheads({
  report,
  x,
  top,
  label,
}: {
  readonly report: ExplainedReport
  readonly x: Place
  readonly top: number
  readonly label: string
}) {
  const points = report.events.toSorted((a, b) => a.at - b.at || a.seq - b.seq)
  const highest = points.reduce((most, { playerTime }) => Math.max(most, playerTime.playhead), 1)
  const lowest = points.reduce((least, { playerTime }) => Math.min(least, playerTime.playhead), highest)
  const y = scaleLinear([lowest, highest], [top + chartHeight - 4, top + nameHeight])
  const path = line<(typeof points)[number]>()
    .x(({ at }) => x(at))
    .y(({ playerTime }) => y(playerTime.playhead))
    .curve(curveLinear)
  return (
    <g className="line of-0">
      <text className="tick" x={0} y={top + 14}>
        {label}
      </text>
      {clockTicks(lowest, highest, 3).map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line className="grid" x1={left} x2="100%" />
          <text className="tick" x={left - 8} dy="0.32em" textAnchor="end">
            {clockTime(tick)}
          </text>
        </g>
      ))}
      <path className="stroke" d={path(points) ?? ''} />
      {points.length < 500 &&
        points.map(({ seq, at, playerTime }) => (
          <circle key={seq} className="dot" cx={x(at)} cy={y(playerTime.playhead)} r={2.5} />
        ))}
    </g>
  )
}
