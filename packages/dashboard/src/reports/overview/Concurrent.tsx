import type { ConcurrentResult } from '@playhead/protocol/reporting'
import { LineChart } from '../../charts/LineChart.tsx'
import { usePanel } from '../../report/useReport.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useView } from '../../view/useView.ts'

/** How many watched at the same time, by people and by sessions. */
export function Concurrent() {
  const { text, format } = useText()
  const { view } = useView()
  const byVisitor = usePanel<ConcurrentResult>('concurrent', { by: 'visitor' })
  const bySession = usePanel<ConcurrentResult>('concurrent', { by: 'session' })
  const pointsOf = (result: ConcurrentResult | undefined) =>
    (result?.rows ?? []).map(({ time, max }) => ({ x: Date.parse(time), y: max }))
  const series = [
    { name: text.byVisitor, points: pointsOf(byVisitor.data) },
    { name: text.bySession, points: pointsOf(bySession.data) },
  ]
  return (
    <Panel
      title={text.concurrentViewers}
      about={text.concurrentViewersAbout}
      hasPicture
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
            label={text.concurrentViewers}
            series={series}
            scale="time"
            formatX={(x) => format.dayTime(x, view.timeZone)}
            formatY={(y) => format.compact(y, 'count')}
          />
        )}
      </Asked>
    </Panel>
  )
}
