import { Asked } from './Asked.tsx'
import { Tiles } from './Tiles.tsx'
import { useNames } from '../query/useNames.ts'
import { useReport } from '../query/useReport.ts'

export interface TotalsProps {
  /** What they are the totals of. */
  readonly title: string
  readonly metrics: readonly string[]
}

/** Figures of the whole period, beside those of the one it is compared with. */
export function Totals({ title, metrics }: TotalsProps) {
  const { titleOf, unitOf } = useNames()
  const result = useReport({ metrics: [...metrics], limit: 1 })
  return (
    <Asked result={result}>
      {({ totals }) => (
        <Tiles
          title={title}
          tiles={metrics.map((metric) => ({
            title: titleOf(metric),
            value: totals?.metrics[metric],
            unit: unitOf(metric),
            before: totals?.previous?.[metric],
            basis: totals?.basis?.[metric],
          }))}
        />
      )}
    </Asked>
  )
}
