import type { RetentionResult } from '@playhead/protocol/reporting'
import { LineChart } from '../../charts/LineChart.tsx'
import { useNames } from '../../query/useNames.ts'
import { usePanel } from '../../query/usePanel.ts'
import { clockTime } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { Panel } from '../../components/Panel.tsx'

/** Where viewers stay, leave, and look again. */
export function Retention({ contentId }: { readonly contentId: string }) {
  const { text, format } = useText()
  const title = useNames().titleOf('retention')
  const result = usePanel<RetentionResult>('retention', { contentId })
  const points = result.data?.points ?? []
  const before = result.before?.points
  const beforeAt = new Map(before?.map((point) => [point.position, point]))
  const lineOf = (of: RetentionResult['points']) =>
    of.map(({ position, share }) => ({ x: position, y: share }))
  return (
    <Panel
      title={title}
      about={text.retentionAbout}
      table={{
        head: [text.playhead, text.byVisitor, title, ...(before ? [text.comparedLine(title)] : [])],
        rows: points.map(({ position, viewers, share }) => [
          position,
          viewers,
          share,
          ...(before ? [beforeAt.get(position)?.share] : []),
        ]),
      }}
    >
      <Asked result={result}>
        {() =>
          points.length === 0 ? (
            <p className="none">{text.retentionNone}</p>
          ) : (
            <LineChart
              label={title}
              scale="seconds"
              yMax={1}
              formatX={clockTime}
              formatY={(y) => format.figure(y, 'share')}
              series={[
                { name: title, points: lineOf(points) },
                ...(before
                  ? [{ name: text.comparedLine(title), points: lineOf(before), isCompared: true }]
                  : []),
              ]}
            />
          )
        }
      </Asked>
    </Panel>
  )
}
