import { useText } from '../i18n/useText.tsx'
import { useNone } from '../query/useNone.ts'

export interface Bar {
  readonly name: string
  /** From 0 on. */
  readonly value: number
  /** What it is compared with. */
  readonly before?: number | undefined
}

export interface BarsProps {
  readonly label: string
  readonly bars: readonly Bar[]
  /** How a value is written. */
  readonly format: (value: number) => string
}

/**
 * Values side by side, as a list with a bar each: read out as such, and as wide as there is room. A thin bar below is what
 * one is compared with.
 */
export function Bars({ label, bars, format }: BarsProps) {
  const none = useNone()
  const { text, format: formats } = useText()
  const most = bars.reduce((max, { value, before = 0 }) => Math.max(max, value, before), 0) || 1
  const width = (value: number): string => `${(value / most) * 100}%`
  if (bars.length === 0) return <p className="none">{none}</p>
  return (
    <>
      <ul className="bars" aria-label={label}>
        {bars.map(({ name, value, before }) => (
          <li key={name}>
            <span>{name}</span>
            <svg width="100%" height={before === undefined ? 11 : 17} aria-hidden="true">
              <rect className="track" width="100%" height="11" rx="3" />
              <rect className="filled" width={width(value)} height="11" rx="3" />
              {before !== undefined && (
                <rect className="compared" y="13" width={width(before)} height="4" rx="2" />
              )}
            </svg>
            <b>
              {format(value)}
              {before !== undefined && (
                <span className="change" title={`${text.before}: ${format(before)}`}>
                  {' '}
                  {formats.change(value, before, 'count')}
                </span>
              )}
            </b>
          </li>
        ))}
      </ul>
      {bars.some(({ before }) => before !== undefined) && (
        <p className="legend">
          <span className="key of-0">{label}</span>
          <span className="key of-0 is-compared">{text.comparedLine(label)}</span>
        </p>
      )}
    </>
  )
}
