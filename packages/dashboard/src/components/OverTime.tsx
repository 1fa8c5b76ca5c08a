import { LineChart } from '../charts/LineChart.tsx'
import { seriesTable } from '../charts/seriesTable.ts'
import type { Unit } from '../i18n/formats.ts'
import { useText } from '../i18n/useText.tsx'
import { Asked } from './Asked.tsx'
import { Panel } from './Panel.tsx'
import { type Interval, intervalsOf } from '../query/intervals.ts'
import { fineGranularityOf } from '../query/period.ts'
import { useAddressPart } from '../query/useAddressPart.ts'
import { useView } from '../query/useView.ts'
import { useNames } from '../query/useNames.ts'
import { secondsUnitOf } from '../query/secondsUnitOf.ts'
import { panelSeries } from '../query/panelSeries.ts'
import { usePanel } from '../query/usePanel.ts'
import { usePeriod } from '../query/useReport.ts'

export interface OverTimeProps<Row> {
  /** Of the panel in the catalogue, and in the API's paths. */
  readonly id: string
  readonly path: string
  /** A sentence on what it shows. */
  readonly about: string
  readonly valueOf: (row: Row) => number
  readonly unit: Unit
  /** The shortest interval that it is drawn in where nobody has chosen. @default minute */
  readonly finest?: Interval['granularity']
}

/** A panel's figure over time, in intervals of a length that the reader chooses. */
export function OverTime<Row extends { readonly start: string }>(props: OverTimeProps<Row>) {
  const { id, path, about, valueOf, unit, finest = 'minute' } = props
  const { text, format } = useText()
  const title = useNames().titleOf(id)
  const { view } = useView()
  const period = usePeriod()
  const [chosen, choose] = useAddressPart(`${id}Interval`)
  const usual = fineGranularityOf(period)
  const byDefault = usual === 'minute' ? finest : usual
  const offered = intervalsOf(period, byDefault)
  const granularity = offered.find((each) => each.granularity === chosen)?.granularity ?? byDefault
  const result = usePanel<{ readonly rows?: readonly Row[] }>(path, { granularity })
  const series = panelSeries(result, title, text.comparedLine, valueOf)
  return (
    <Panel
      title={title}
      about={about}
      isWide
      table={seriesTable(
        text.clock,
        (result.data?.rows ?? []).map(({ start }) => start),
        series,
      )}
    >
      <label className="choice">
        {text.interval}
        <select value={granularity} onChange={({ target }) => choose(target.value)}>
          {offered.map((each) => (
            <option key={each.granularity} value={each.granularity}>
              {format.span(each.count, each.unit)}
            </option>
          ))}
        </select>
      </label>
      <Asked result={result}>
        {() => (
          <LineChart
            label={title}
            scale="time"
            formatX={(x) =>
              granularity === 'day' ? format.day(x, view.timeZone) : format.dayTime(x, view.timeZone)
            }
            formatY={(y) => format.compact(y, unit)}
            areTicksPoints={granularity === 'day'}
            series={series}
            {...(unit === 'seconds' && { yUnit: secondsUnitOf(series) })}
          />
        )}
      </Asked>
    </Panel>
  )
}
