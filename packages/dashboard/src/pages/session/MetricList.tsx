import { type MetricDefinition, sessionMetrics } from '@playhead/protocol/reporting'
import type { ReactNode } from 'react'
import { useNames } from '../../query/useNames.ts'
import { clockTime, type Formats, missing, type Unit } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import type { SessionReport } from './sessionReport.ts'
import { valueOf } from './valueOf.ts'

export interface MetricListProps {
  readonly report: SessionReport
  /** The metric that is looked at. */
  readonly metric: string | undefined
  readonly onMetric: (metric: string | undefined) => void
  /** What is said of the one that is looked at, besides its rule. */
  readonly children?: (definition: MetricDefinition) => ReactNode
}

/** Every metric of the session; its rule is behind it. */
export function MetricList({ report, metric, onMetric, children }: MetricListProps) {
  const { format } = useText()
  const { titleOf, ruleOf, unitOf } = useNames()
  return (
    <div className="metrics">
      {sessionMetrics.map((definition) => {
        const { id } = definition
        const isOpen = id === metric
        return (
          <details key={id} open={isOpen} data-metric={id}>
            <summary
              onClick={(event) => {
                event.preventDefault()
                onMetric(isOpen ? undefined : id)
              }}
            >
              <span>{titleOf(id)}</span>
              <b>{written(definition, valueOf(definition, report), format, unitOf(id))}</b>
            </summary>
            {isOpen && (
              <>
                <p className="about">{ruleOf(id)}</p>
                {children?.(definition)}
              </>
            )}
          </details>
        )
      })}
    </div>
  )
}

const unitNames: Partial<Readonly<Record<Unit, string>>> = { seconds: 's', kbps: 'kbit/s', fps: 'fps' }

/** Flags are left out of a report where they are not set. */
function written({ kind }: MetricDefinition, value: unknown, { exact }: Formats, unit: Unit): string {
  if (kind === 'flag') return value === true ? '✓' : missing
  if (value === undefined || value === null) return missing
  if (Array.isArray(value)) return value.join(', ') || missing
  if (typeof value === 'number') {
    const rounded = [exact(value), unitNames[unit]].filter(Boolean).join(' ')
    return unit === 'seconds' && value >= 60 ? `${rounded} · ${clockTime(value)}` : rounded
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
