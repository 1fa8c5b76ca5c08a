import type { MetricDefinition } from '@playhead/protocol/reporting'
import { MetricList } from './MetricList.tsx'
import { OriginOf } from './OriginOf.tsx'
import { nothing, type Origin, originOf } from './origins.ts'
import { PartOrigins, type PartOriginsProps } from './PartOrigins.tsx'
import type { ExplainedReport } from './sessionReport.ts'
import { valueOf } from './valueOf.ts'

/** Every metric of the session, and the time of each ad, chapter and player state; and where they come from. */
export function MetricOrigins({ report, metric, onMetric, onEvent }: PartOriginsProps) {
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

/** A count of nothing, and a flag that is not set, have no events: there is nothing that its rule would have to explain. */
function nothingOf(definition: MetricDefinition, report: ExplainedReport): Origin | undefined {
  const { kind } = definition
  return (kind === 'count' || kind === 'flag') && !valueOf(definition, report) ? nothing : undefined
}
