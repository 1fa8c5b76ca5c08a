import type { StartsByTimeOfDayResult } from '@playhead/protocol/reporting'
import { Bars } from '../../charts/Bars.tsx'
import { useNames } from '../../report/useNames.ts'
import { usePanel } from '../../report/usePanel.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { Panel } from '../../ui/Panel.tsx'

/** When in the day people start to watch. */
export function StartsByTimeOfDay() {
  const { text, format } = useText()
  const title = useNames().titleOf('startsByTimeOfDay')
  const result = usePanel<StartsByTimeOfDayResult>('starts-by-time-of-day')
  const rows = result.data?.rows ?? []
  const before =
    result.before && new Map(result.before.rows.map(({ timeOfDay, mediaStarts }) => [timeOfDay, mediaStarts]))
  return (
    <Panel
      title={title}
      table={{
        head: [text.clock, text.starts, ...(before ? [text.comparedLine(text.starts)] : [])],
        rows: rows.map(({ timeOfDay, mediaStarts }) => [
          timeOfDay,
          mediaStarts,
          ...(before ? [before.get(timeOfDay)] : []),
        ]),
      }}
    >
      <Asked result={result}>
        {() => (
          <Bars
            label={title}
            format={(value) => format.figure(value, 'count')}
            bars={rows.map(({ timeOfDay, mediaStarts }) => ({
              name: timeOfDay,
              value: mediaStarts,
              before: before?.get(timeOfDay),
            }))}
          />
        )}
      </Asked>
    </Panel>
  )
}
