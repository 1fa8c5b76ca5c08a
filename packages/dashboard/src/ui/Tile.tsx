import { type Unit } from '../text/formats.ts'
import { useText } from '../text/useText.tsx'

export interface TileProps {
  readonly title: string
  readonly value: number | null | undefined
  readonly unit: Unit
  /** The same figure of the period it is compared with. */
  readonly before?: number | null | undefined
}

/** One figure, and how it changed. */
export function Tile({ title, value, unit, before }: TileProps) {
  const { text, format } = useText()
  return (
    <div className="tile">
      <dt>{title}</dt>
      <dd>
        <span className="figure" title={format.figure(value, unit)}>
          {format.compact(value, unit)}
        </span>
        {typeof before === 'number' && typeof value === 'number' && (
          <span className="change" title={`${text.before}: ${format.figure(before, unit)}`}>
            {format.change(value, before)}
          </span>
        )}
      </dd>
    </div>
  )
}
