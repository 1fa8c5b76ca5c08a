import { useText } from '../../i18n/useText.tsx'
import type { MetricListProps } from './MetricList.tsx'
import { OriginOf } from './OriginOf.tsx'
import { originOf } from './origins.ts'
import { partsOf } from './parts.ts'
import type { ExplainedReport } from './sessionReport.ts'

export interface PartOriginsProps extends Omit<MetricListProps, 'children'> {
  readonly report: ExplainedReport
  readonly onEvent: (seq: number) => void
}

/** The time of each ad, chapter and player state, and where it comes from. */
export function PartOrigins({ report, metric, onMetric, onEvent }: PartOriginsProps) {
  const { text, format } = useText()
  const titles = { ads: text.ads, chapters: text.chapters, states: text.states }
  const parts = partsOf(report, text)
  return (['ads', 'chapters', 'states'] as const)
    .map((kind) => ({ kind, own: parts.filter((part) => part.kind === kind) }))
    .filter(({ own }) => own.length > 0)
    .map(({ kind, own }) => (
      <div key={kind} className="metrics">
        <h3>{titles[kind]}</h3>
        {own.map(({ id, name, ms }) => (
          <details key={id} open={id === metric} data-metric={id}>
            <summary
              onClick={(event) => {
                event.preventDefault()
                onMetric(id === metric ? undefined : id)
              }}
            >
              <span>{name}</span>
              <b>{format.exact(ms / 1000)} s</b>
            </summary>
            {id === metric && <OriginOf origin={originOf(id, report.explanation)} {...{ report, onEvent }} />}
          </details>
        ))}
      </div>
    ))
}
