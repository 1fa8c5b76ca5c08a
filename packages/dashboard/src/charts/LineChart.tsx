import { scaleLinear, scaleUtc } from 'd3-scale'
import { area, curveLinear, curveStepAfter, line } from 'd3-shape'
import { type PointerEvent, useState } from 'react'
import { axisLetterSize, widthOf } from './canvas.ts'
import { clockTicks } from './clockTicks.ts'
import { placeLabels } from './placeLabels.ts'
import { colourOf, everyNth, isAlone, nearest, type Point, type Series } from './series.ts'
import { useWidth } from './useWidth.ts'

export interface LineChartProps {
  /** For those who cannot see it. */
  readonly label: string
  readonly series: readonly Series[]
  /** What `x` is. */
  readonly scale: 'time' | 'seconds'
  readonly formatX: (x: number) => string
  readonly formatY: (y: number) => string
  /** Values that hold until the next one, rather than change between them. */
  readonly isStepped?: boolean
  /** What `y` is counted in on the axis, so that its ticks are round: 3600 for seconds shown as hours. */
  readonly yUnit?: number
  /** Highest `y`; by default that of the points. */
  readonly yMax?: number
  /** Whether values are whole: a half is no tick then. */
  readonly isCount?: boolean
  /** Whether each point is of an interval that has a name of its own, as a day has: these are the ticks then. */
  readonly areTicksPoints?: boolean
  /** CSS pixels. */
  readonly height?: number
}

const margin = { top: 12, right: 12, bottom: 28 }
/** Where there is so much room between points each is shown as one, CSS pixels. */
const dotsApart = 12

/** Lines over time or content, with a reading line that follows the pointer, and a slider for the keyboard. */
export function LineChart(props: LineChartProps) {
  const { label, series, scale, formatX, formatY, height = 240, yUnit = 1 } = props
  const { isStepped = false, isCount = false, areTicksPoints = false } = props
  const [box, width] = useWidth<HTMLDivElement>()
  const [at, setAt] = useState<number>()
  const all = series.flatMap(({ points }) => points)
  const xs = all.map(({ x }) => x)
  const [xMin, xMax] = [Math.min(...xs), Math.max(...xs)]
  const yMost = Math.max(0, ...all.map(({ y }) => y ?? 0)) || 1
  const yMax = props.yMax ?? (isCount ? Math.max(1, yMost) : yMost)
  const yTicks = scaleLinear()
    .domain([0, yMax / yUnit])
    .nice(4)
  const yTop = (yTicks.domain()[1] ?? 1) * yUnit
  const yLabels = yTicks
    .ticks(4)
    .filter((tick) => !isCount || Number.isInteger(tick))
    .map((tick) => ({ at: tick * yUnit, label: tick === 0 && yUnit > 1 ? '0' : formatY(tick * yUnit) }))
  const left = Math.max(40, ...yLabels.map(({ label: text }) => widthOf(text, 400, axisLetterSize) + 14))
  const [right, bottom] = [Math.max(width - margin.right, left + 1), height - margin.bottom]
  const x = scale === 'time' ? scaleUtc([left, right]) : scaleLinear([left, right])
  x.domain([xMin, xMax])
  const y = scaleLinear([0, yTop], [bottom, margin.top])
  const labelWidth = widthOf(formatX(xMax || 0), 400, axisLetterSize) + 20
  // Straight from value to value: a curve would show what nobody has measured.
  const curve = isStepped ? curveStepAfter : curveLinear
  const path = line<Point>()
    .defined((point) => point.y !== null)
    .x((point) => x(point.x))
    .y((point) => y(point.y ?? 0))
    .curve(curve)
  const under = area<Point>()
    .defined((point) => point.y !== null)
    .x((point) => x(point.x))
    .y0(bottom)
    .y1((point) => y(point.y ?? 0))
    .curve(curve)
  const [longest] = series.toSorted((a, b) => b.points.length - a.points.length)
  const points = longest?.points ?? []
  const labelsMax = Math.max(1, Math.floor((right - left) / labelWidth))
  const xLabels = placeLabels(
    ticksOf(labelsMax).map((tick) => {
      const text = formatX(Number(tick))
      return { at: Number(tick), text, x: x(tick), width: widthOf(text, 400, axisLetterSize) }
    }),
    width,
  )
  const areDotted = !isStepped && (right - left) / points.length >= dotsApart
  const reading = at === undefined ? undefined : points[Math.min(at, points.length - 1)]

  function ticksOf(most: number): readonly (number | Date)[] {
    if (areTicksPoints) return everyNth(points, most).map((each) => each.x)
    return scale === 'seconds' ? clockTicks(xMin, xMax, most) : x.ticks(most)
  }

  function follow(event: PointerEvent<SVGSVGElement>): void {
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left
    setAt(nearest(points, Number(x.invert(place))))
  }

  return (
    <div className="chart" ref={box}>
      {width > 0 && all.length > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={label}
          onPointerMove={follow}
          onPointerLeave={() => setAt(undefined)}
        >
          {yLabels.map(({ at: value, label: written }) => (
            <g key={value} transform={`translate(0 ${y(value)})`}>
              <line className="grid" x1={left} x2={right} />
              <text className="tick" x={left - 8} dy="0.32em" textAnchor="end">
                {written}
              </text>
            </g>
          ))}
          {xLabels.map(({ at: value, text, x: middle }) => (
            <text key={value} className="tick" x={middle} y={height - 8} textAnchor="middle">
              {text}
            </text>
          ))}
          {series.map(({ name, points: own, isCompared = false }, index) => (
            <g key={name} className={`line of-${colourOf(series, index)}${isCompared ? ' is-compared' : ''}`}>
              {series.length === 1 && <path className="under" d={under(own) ?? ''} />}
              <path className="stroke" d={path(own) ?? ''} />
              {own.map(
                (point, nth) =>
                  point.y !== null &&
                  ((areDotted && !isCompared) || isAlone(own, nth)) && (
                    <circle key={point.x} className="dot" cx={x(point.x)} cy={y(point.y)} r={2.5} />
                  ),
              )}
            </g>
          ))}
          {reading && (
            <line className="reading" x1={x(reading.x)} x2={x(reading.x)} y1={margin.top} y2={bottom} />
          )}
        </svg>
      )}
      <input
        type="range"
        className="walk"
        aria-label={label}
        aria-valuetext={reading && formatX(reading.x)}
        min={0}
        max={Math.max(points.length - 1, 0)}
        value={at ?? points.length - 1}
        onChange={(event) => setAt(event.target.valueAsNumber)}
        onBlur={() => setAt(undefined)}
      />
      <Reading {...{ series, reading, formatX, formatY }} />
    </div>
  )
}

function Reading({
  series,
  reading,
  formatX,
  formatY,
}: Pick<LineChartProps, 'series' | 'formatX' | 'formatY'> & { readonly reading: Point | undefined }) {
  return (
    <p className="legend" aria-live="polite">
      {reading && <span className="reading-at">{formatX(reading.x)}</span>}
      {series.map(({ name, points, isCompared = false }, index) => {
        const value = reading && points[nearest(points, reading.x)]?.y
        return (
          <span key={name} className={`key of-${colourOf(series, index)}${isCompared ? ' is-compared' : ''}`}>
            {name}
            {typeof value === 'number' && <b> {formatY(value)}</b>}
          </span>
        )
      })}
    </p>
  )
}
