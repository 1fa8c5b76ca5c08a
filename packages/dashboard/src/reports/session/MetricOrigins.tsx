import type { MetricDefinition } from '@playhead/protocol/reporting'
import { MetricList, type MetricListProps } from './MetricList.tsx'
import { OriginOf } from './OriginOf.tsx'
import { nothing, type Origin, originOf } from './origins.ts'
import { PartOrigins } from './PartOrigins.tsx'
import type { ExplainedReport, Interval } from './sessionReport.ts'
import { valueOf } from './valueOf.ts'

export interface MetricOriginsProps extends Omit<MetricListProps, 'children'> {
  readonly report: ExplainedReport
  readonly onEvent: (seq: number) => void
}

/** Every metric of the session, and the time of each ad, chapter and player state; and where they come from. */
export function MetricOrigins({ report, metric, onMetric, onEvent }: MetricOriginsProps) {
  return (
    <>
      <MetricList {...{ report, metric, onMetric }}>
        {(definition) => (
          <OriginOf
            origin={originOf(definition.id, report.explanation) ?? nothingOf(definition, report)}
            {...{ report, onEvent }}
          />
        )}
      </MetricList>
      <PartOrigins {...{ report, metric, onMetric, onEvent }} />
    </>
  )
}

/** The intervals that a metric is the sum of. */
export function intervalsOf(
  metric: string | undefined,
  { explanation }: ExplainedReport,
): readonly Interval[] {
  if (metric === undefined) return []
  const origin = originOf(metric, explanation)
  return [
    ...(origin?.intervals ?? []),
    ...(origin?.sumOf ?? []).flatMap((part) => originOf(part, explanation)?.intervals ?? []),
  ]
}

/** A count of nothing, and a flag that is not set, have no events: there is nothing that its rule would have to explain. */
function nothingOf(definition: MetricDefinition, report: ExplainedReport): Origin | undefined {
  const { kind } = definition
  return (kind === 'count' || kind === 'flag') && !valueOf(definition, report) ? nothing : undefined
}
