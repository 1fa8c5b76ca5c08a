import { useText } from '../text/useText.tsx'

export interface Bar {
  readonly name: string
  /** From 0 on. */
  readonly value: number
  /** How the value is written. */
  readonly text: string
}

/** Values side by side, as a list with a bar each: read out as such, and as wide as there is room. */
export function Bars({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const { text } = useText()
  const most = bars.reduce((max, { value }) => Math.max(max, value), 0)
  if (bars.length === 0) return <p className="none">{text.noData}</p>
  return (
    <ul className="bars" aria-label={label}>
      {bars.map(({ name, value, text: written }) => (
        <li key={name}>
          <span>{name}</span>
          <svg width="100%" height="11" aria-hidden="true">
            <rect className="track" width="100%" height="100%" rx="3" />
            <rect className="filled" width={`${(value / (most || 1)) * 100}%`} height="100%" rx="3" />
          </svg>
          <b>{written}</b>
        </li>
      ))}
    </ul>
  )
}
