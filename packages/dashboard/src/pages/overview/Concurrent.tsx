import type { ConcurrentResult } from '@playhead/protocol/reporting'
import { LineChart } from '../../charts/LineChart.tsx'
import { seriesTable } from '../../charts/seriesTable.ts'
import { useNames } from '../../query/useNames.ts'
import { panelSeries } from '../../query/panelSeries.ts'
import { type PanelResult, usePanel } from '../../query/usePanel.ts'
import { usePeriod } from '../../query/useReport.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { Panel } from '../../components/Panel.tsx'
import { fineGranularityOf } from '../../query/period.ts'
import { useView } from '../../query/useView.ts'

/** How many watched at the same time, by people and by sessions. */
export function Concurrent() {
  const { text, format } = useText()
  const title = useNames().titleOf('concurrent')
  const { view } = useView()
  const granularity = fineGranularityOf(usePeriod())
  const byVisitor = usePanel<ConcurrentResult>('concurrent', { by: 'visitor', granularity })
  const bySession = usePanel<ConcurrentResult>('concurrent', { by: 'session', granularity })
  const both = {
    data: byVisitor.data && bySession.data,
    error: byVisitor.error ?? bySession.error,
    isFetching: byVisitor.isFetching || bySession.isFetching,
  }
  const linesOf = (result: PanelResult<ConcurrentResult>, name: string) =>
    panelSeries(result, name, text.comparedLine, ({ max }) => max)
  const series = [...linesOf(byVisitor, text.byVisitor), ...linesOf(bySession, text.bySession)]
  return (
    <Panel
      title={title}
      about={text.concurrentViewersAbout}
      isWide
      table={seriesTable(
        text.clock,
        (byVisitor.data?.rows ?? []).map(({ start }) => start),
        series,
      )}
    >
      <Asked result={both}>
        {() => (
          <LineChart
            label={title}
            series={series}
            scale="time"
            formatX={(x) => format.dayTime(x, view.timeZone)}
            formatY={(y) => format.compact(y, 'count')}
            isCount
            areTicksPoints={granularity === 'day'}
          />
        )}
      </Asked>
    </Panel>
  )
}
