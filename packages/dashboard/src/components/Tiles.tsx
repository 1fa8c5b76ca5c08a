import { useRef } from 'react'
import type { Unit } from '../i18n/formats.ts'
import { useText } from '../i18n/useText.tsx'
import { SaveTools } from './SaveTools.tsx'

export interface TilesProps {
  /** What the figures are of. */
  readonly title: string
  readonly tiles: readonly Tile[]
}

/** One figure. */
export interface Tile {
  readonly title: string
  readonly value: number | null | undefined
  readonly unit: Unit
  /** The same figure of the period it is compared with. */
  readonly before?: number | null | undefined
  /** Of a mean: how many have a value. */
  readonly basis?: number | undefined
}

/** Figures beside each other, and how they changed. */
export function Tiles({ title, tiles }: TilesProps) {
  const { text, format } = useText()
  const box = useRef<HTMLElement>(null)
  const isCompared = tiles.some(({ before }) => before !== undefined)
  const table = {
    head: [text.metrics, text.value, ...(isCompared ? [text.comparedLine(text.value)] : [])],
    rows: tiles.map(({ title: name, value, before }) => [name, value, ...(isCompared ? [before] : [])]),
  }
  return (
    <section className="tiles-box" aria-label={title} ref={box}>
      <dl className="tiles">
        {tiles.map(({ title: name, value, unit, before, basis }) => (
          <div key={name} className="tile">
            <dt>{name}</dt>
            <dd>
              <span
                className="figure"
                title={[
                  format.figure(value, unit),
                  ...(basis === undefined ? [] : [text.meanOf(format.figure(basis, 'count'))]),
                ].join(' · ')}
              >
                {format.compact(value, unit)}
              </span>
              {typeof before === 'number' && typeof value === 'number' && (
                <span className="change" title={`${text.before}: ${format.figure(before, unit)}`}>
                  {format.change(value, before, unit)}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <SaveTools {...{ title, table, box }} />
    </section>
  )
}
