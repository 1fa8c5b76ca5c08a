import type { StartsByTimeOfDayResult } from '@playhead/protocol/reporting'
import { Bars } from '../../charts/Bars.tsx'
import { useNames } from '../../query/useNames.ts'
import { usePanel } from '../../query/usePanel.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { Panel } from '../../components/Panel.tsx'

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
