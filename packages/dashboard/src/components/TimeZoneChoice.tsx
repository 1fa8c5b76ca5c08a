import { useText } from '../i18n/useText.tsx'
import { ownTimeZone, useView } from '../query/useView.ts'

const known = [...new Set([ownTimeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]

/** Whose clock days and hours go by: first the reader's own. */
export function TimeZoneChoice() {
  const { text } = useText()
  const { view, change } = useView()
  const { timeZone } = view
  // The same zone has several names, and browsers list one of them.
  const names = known.includes(timeZone) ? known : [timeZone, ...known]
  return (
    <label>
      {text.timeZone}
      <select className="zone" value={timeZone} onChange={({ target }) => change({ timeZone: target.value })}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
    </label>
  )
}
