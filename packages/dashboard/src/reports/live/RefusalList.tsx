import type { LiveRefusal } from '@playhead/protocol/reporting'
import { useText } from '../../text/useText.tsx'
import { useView } from '../../view/useView.ts'

/** What was refused, why, and what it was. A body is a stranger's text, and shown as nothing else. */
export function RefusalList({ refusals }: { readonly refusals: readonly LiveRefusal[] }) {
  const { text, format } = useText()
  const { view } = useView()
  if (refusals.length === 0) return <p className="none">{text.noRefusals}</p>
  return (
    <ul className="refusals">
      {refusals.map(({ at, sid, faults, body }) => (
        <li key={`${at} ${sid} ${body}`}>
          <details>
            <summary>
              {format.time(at, view.timeZone)} <code>{faults[0]?.code}</code> {faults[0]?.message}
            </summary>
            <ul className="diagnostics">
              {faults.map(({ code, pointer, message, hint }) => (
                <li key={`${code} ${pointer}`}>
                  <code>{code}</code> {pointer !== '' && <code>{pointer}</code>} {message} <em>{hint}</em>
                </li>
              ))}
            </ul>
            <pre className="body" tabIndex={0}>
              {body}
            </pre>
          </details>
        </li>
      ))}
    </ul>
  )
}
