import { useText } from '../i18n/useText.tsx'
import { TimeZoneChoice } from './TimeZoneChoice.tsx'
import { useView, useWholeAddress } from '../query/useView.ts'
import { compareNames, type Compare, type LastName, lastNames, type Range } from '../query/view.ts'

/** Choose when the page looks at, and what it is compared with, where it can be. */
export function ViewBar({ hasCompare = true }: { readonly hasCompare?: boolean }) {
  const { text } = useText()
  const { view, unread, change } = useView()
  const { range, compare } = view
  useWholeAddress()
  return (
    <form className="view" onSubmit={(event) => event.preventDefault()} aria-label={text.range}>
      <label>
        {text.range}
        <select
          value={range.kind === 'last' ? range.last : 'days'}
          onChange={(event) => change({ range: rangeOf(event.target.value, range) })}
        >
          {lastNames.map((name) => (
            <option key={name} value={name}>
              {text[`last${name}`]}
            </option>
          ))}
          <option value="days">{text.days}</option>
        </select>
      </label>
      {range.kind === 'days' && (
        <>
          <label>
            {text.from}
            <input
              type="date"
              value={range.from}
              max={range.to}
              onChange={({ target }) => target.value && change({ range: { ...range, from: target.value } })}
            />
          </label>
          <label>
            {text.to}
            <input
              type="date"
              value={range.to}
              min={range.from}
              onChange={({ target }) => target.value && change({ range: { ...range, to: target.value } })}
            />
          </label>
        </>
      )}
      {hasCompare && (
        <label>
          {text.compare}
          <select value={compare} onChange={(event) => change({ compare: event.target.value as Compare })}>
            {compareNames.map((name) => (
              <option key={name} value={name}>
                {compareText(name)}
              </option>
            ))}
          </select>
        </label>
      )}
      <TimeZoneChoice />
      {unread.length > 0 && <p role="alert">{text.unread(unread.join(', '))}</p>}
    </form>
  )

  function compareText(name: Compare): string {
    const names: Readonly<Record<Compare, string>> = {
      none: text.compareNone,
      previous: text.comparePrevious,
      week: text.compareWeek,
      year: text.compareYear,
    }
    return names[name]
  }
}

/** Whole days begin with those that were looked at. */
function rangeOf(choice: string, before: Range): Range {
  if (choice !== 'days') return { kind: 'last', last: choice as LastName }
  if (before.kind === 'days') return before
  const day = (agoDays: number): string =>
    new Date(Date.now() - agoDays * 86_400_000).toISOString().slice(0, 10)
  return { kind: 'days', from: day(7), to: day(1) }
}
