import { Bars } from '../../charts/Bars.tsx'
import { useNames } from '../../report/useNames.ts'
import { useReport } from '../../report/useReport.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { Panel } from '../../ui/Panel.tsx'

const steps = [
  'mediaStarts',
  'contentStarts',
  'progress10',
  'progress25',
  'progress50',
  'progress75',
  'progress95',
  'contentCompletes',
]

/** From the start to the end: how many are left at each mark. */
export function Funnel() {
  const { text, format } = useText()
  const { titleOf } = useNames()
  const result = useReport({ metrics: steps, limit: 1 })
  const valueOf = (metric: string): number => result.data?.totals?.metrics[metric] ?? 0
  return (
    <Panel
      title={text.funnel}
      table={{
        head: [text.metrics, text.value],
        rows: steps.map((metric) => [titleOf(metric), valueOf(metric)]),
      }}
    >
      <Asked result={result}>
        {() => (
          <Bars
            label={text.funnel}
            bars={steps.map((metric) => ({
              name: titleOf(metric),
              value: valueOf(metric),
              text: format.figure(valueOf(metric), 'count'),
            }))}
          />
        )}
      </Asked>
    </Panel>
  )
}
