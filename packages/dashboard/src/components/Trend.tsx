import { LineChart } from '../charts/LineChart.tsx'
import { seriesTable } from '../charts/seriesTable.ts'
import { useText } from '../i18n/useText.tsx'
import { Asked } from './Asked.tsx'
import { Panel } from './Panel.tsx'
import { isoAt } from '../query/isoAt.ts'
import { beginnings, granularityOf } from '../query/period.ts'
import { useView } from '../query/useView.ts'
import { secondsUnitOf } from '../query/secondsUnitOf.ts'
import { seriesOf } from '../query/trend.ts'
import { useNames } from '../query/useNames.ts'
import { usePeriod, useReport } from '../query/useReport.ts'

export interface TrendProps {
  /** By default what the metrics are called. */
  readonly title?: string
  /** A sentence on what it shows; by default the rule of the metric, where it is one. */
  readonly about?: string
  /** Metrics of one unit. */
  readonly metrics: readonly string[]
}

/** Metrics over time. */
export function Trend(props: TrendProps) {
  const { metrics } = props
  const { text, format } = useText()
  const { view } = useView()
  const { titleOf, unitOf, ruleOf, isSum } = useNames()
  const period = usePeriod()
  const granularity = granularityOf(period)
  const unit = unitOf(metrics[0] ?? '')
  const result = useReport({
    metrics: [...metrics],
    granularity,
    orderBy: 'start',
    limit: 10_000,
    totals: false,
  })
  const formatX = (x: number): string =>
    granularity === 'day' ? format.day(x, view.timeZone) : format.dayTime(x, view.timeZone)
  const lines = metrics.map((metric) => ({
    metric,
    name: titleOf(metric),
    none: isSum(metric) ? (0 as const) : null,
  }))
  const series = result.data
    ? seriesOf(result.data, beginnings(period, granularity, view.timeZone), lines, text.comparedLine)
    : []
  const title = props.title ?? metrics.map(titleOf).join(', ')
  const about = props.about ?? (metrics.length === 1 ? ruleOf(metrics[0] ?? '') : undefined)
  return (
    <Panel
      title={title}
      {...(about !== undefined && { about })}
      table={seriesTable(
        text.clock,
        (series[0]?.points ?? []).map(({ x }) => isoAt(x, view.timeZone)),
        series,
      )}
    >
      <Asked result={result}>
        {() => (
          <LineChart
            label={title}
            series={series}
            scale="time"
            formatX={formatX}
            formatY={(y) => format.compact(y, unit)}
            isCount={unit === 'count'}
            areTicksPoints={granularity === 'day'}
            {...(unit === 'seconds' && { yUnit: secondsUnitOf(series) })}
          />
        )}
      </Asked>
    </Panel>
  )
}
