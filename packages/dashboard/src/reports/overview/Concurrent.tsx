import type { ConcurrentResult } from '@playhead/protocol/reporting'
import { LineChart } from '../../charts/LineChart.tsx'
import { useNames } from '../../report/useNames.ts'
import { usePanel, usePeriod } from '../../report/useReport.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { fineGranularityOf } from '../../view/period.ts'
import { useView } from '../../view/useView.ts'

/** How many watched at the same time, by people and by sessions. */
export function Concurrent() {
  const { text, format } = useText()
  const title = useNames().titleOf('concurrent')
  const { view } = useView()
  const granularity = fineGranularityOf(usePeriod())
  const byVisitor = usePanel<ConcurrentResult>('concurrent', { by: 'visitor', granularity })
  const bySession = usePanel<ConcurrentResult>('concurrent', { by: 'session', granularity })
  const pointsOf = (result: ConcurrentResult | undefined) =>
    (result?.rows ?? []).map(({ time, max }) => ({ x: Date.parse(time), y: max }))
  const series = [
    { name: text.byVisitor, points: pointsOf(byVisitor.data) },
    { name: text.bySession, points: pointsOf(bySession.data) },
  ]
  return (
    <Panel
      title={title}
      about={text.concurrentViewersAbout}
      isWide
      table={{
        head: [text.clock, text.byVisitor, text.bySession],
        rows: (byVisitor.data?.rows ?? []).map(({ time, max }, index) => [
          time,
          max,
          bySession.data?.rows[index]?.max,
        ]),
      }}
    >
      <Asked result={byVisitor}>
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
