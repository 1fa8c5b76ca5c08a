import { Asked } from '../ui/Asked.tsx'
import { Tile } from '../ui/Tile.tsx'
import { useNames } from './useNames.ts'
import { useReport } from './useReport.ts'

/** Figures of the whole period, beside those of the one it is compared with. */
export function Totals({ metrics }: { readonly metrics: readonly string[] }) {
  const { titleOf, unitOf } = useNames()
  const result = useReport({ metrics: [...metrics], limit: 1 })
  return (
    <Asked result={result}>
      {({ totals }) => (
        <dl className="tiles">
          {metrics.map((metric) => (
            <Tile
              key={metric}
              title={titleOf(metric)}
              value={totals?.metrics[metric]}
              unit={unitOf(metric)}
              before={totals?.previous?.[metric]}
            />
          ))}
        </dl>
      )}
    </Asked>
  )
}
