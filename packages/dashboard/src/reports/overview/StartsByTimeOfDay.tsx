import type { StartsByTimeOfDayResult } from '@playhead/protocol/reporting'
import { Bars } from '../../charts/Bars.tsx'
import { usePanel } from '../../report/useReport.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { Panel } from '../../ui/Panel.tsx'

/** When in the day people start to watch. */
export function StartsByTimeOfDay() {
  const { text, format } = useText()
  const result = usePanel<StartsByTimeOfDayResult>('starts-by-time-of-day')
  const rows = result.data?.rows ?? []
  return (
    <Panel
      title={text.timeOfDay}
      table={{
        head: [text.clock, text.starts],
        rows: rows.map(({ timeOfDay, mediaStarts }) => [timeOfDay, mediaStarts]),
      }}
    >
      <Asked result={result}>
        {() => (
          <Bars
            label={text.timeOfDay}
            bars={rows.map(({ timeOfDay, mediaStarts }) => ({
              name: timeOfDay,
              value: mediaStarts,
              text: format.figure(mediaStarts, 'count'),
            }))}
          />
        )}
      </Asked>
    </Panel>
  )
}
