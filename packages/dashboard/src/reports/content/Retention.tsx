import type { RetentionResult } from '@playhead/protocol/reporting'
import { LineChart } from '../../charts/LineChart.tsx'
import { usePanel } from '../../report/useReport.ts'
import { clockTime } from '../../text/formats.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { Panel } from '../../ui/Panel.tsx'

/** Where viewers stay, leave, and look again. */
export function Retention({ contentId }: { readonly contentId: string }) {
  const { text, format } = useText()
  const result = usePanel<RetentionResult>('retention', { contentId })
  const points = result.data?.points ?? []
  return (
    <Panel
      title={text.retention}
      about={text.retentionAbout}
      hasPicture
      table={{
        head: [text.playhead, text.byVisitor, text.retention],
        rows: points.map(({ position, viewers, share }) => [position, viewers, share]),
      }}
    >
      <Asked result={result}>
        {() =>
          points.length === 0 ? (
            <p className="none">{text.retentionNone}</p>
          ) : (
            <LineChart
              label={text.retention}
              scale="seconds"
              yMax={1}
              formatX={clockTime}
              formatY={(y) => format.figure(y, 'share')}
              series={[
                {
                  name: text.retention,
                  points: points.map(({ position, share }) => ({ x: position, y: share })),
                },
              ]}
            />
          )
        }
      </Asked>
    </Panel>
  )
}
