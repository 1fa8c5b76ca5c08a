import { Bars } from '../../charts/Bars.tsx'
import { useNames } from '../../query/useNames.ts'
import { useReport } from '../../query/useReport.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { Panel } from '../../components/Panel.tsx'

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
  const totals = result.data?.totals
  const valueOf = (metric: string): number => totals?.metrics[metric] ?? 0
  const beforeOf = (metric: string): number | undefined => totals?.previous && (totals.previous[metric] ?? 0)
  return (
    <Panel
      title={text.funnel}
      table={{
        head: [text.metrics, text.value, ...(totals?.previous ? [text.comparedLine(text.value)] : [])],
        rows: steps.map((metric) => [
          titleOf(metric),
          valueOf(metric),
          ...(totals?.previous ? [beforeOf(metric)] : []),
        ]),
      }}
    >
      <Asked result={result}>
        {() => (
          <Bars
            label={text.funnel}
            format={(value) => format.figure(value, 'count')}
            bars={steps.map((metric) => ({
              name: titleOf(metric),
              value: valueOf(metric),
              before: beforeOf(metric),
            }))}
          />
        )}
      </Asked>
    </Panel>
  )
}
