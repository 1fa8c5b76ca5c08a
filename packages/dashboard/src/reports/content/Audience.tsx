import type { AudienceResult } from '@playhead/protocol/reporting'
import { LineChart } from '../../charts/LineChart.tsx'
import { useNames } from '../../report/useNames.ts'
import { usePanel, usePeriod } from '../../report/useReport.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { fineGranularityOf } from '../../view/period.ts'
import { useView } from '../../view/useView.ts'

/** How many watched on average, over time. */
export function Audience() {
  const { text, format } = useText()
  const title = useNames().titleOf('averageMinuteAudience')
  const { view } = useView()
  const fine = fineGranularityOf(usePeriod())
  const asked = fine === 'minute' ? 'fiveMinutes' : fine
  const result = usePanel<AudienceResult>('average-minute-audience', { granularity: asked })
  const rows = result.data?.rows ?? []
  return (
    <Panel
      title={title}
      about={text.averageMinuteAudienceAbout}
      isWide
      table={{
        head: [text.clock, title],
        rows: rows.map(({ time, audience }) => [time, audience]),
      }}
    >
      <Asked result={result}>
        {() => (
          <LineChart
            label={title}
            scale="time"
            formatX={(x) => format.dayTime(x, view.timeZone)}
            formatY={(y) => format.compact(y, 'number')}
            areTicksPoints={asked === 'day'}
            series={[
              {
                name: title,
                points: rows.map(({ time, audience }) => ({ x: Date.parse(time), y: audience })),
              },
            ]}
          />
        )}
      </Asked>
    </Panel>
  )
}
