import type { LiveRefusal } from '@playhead/protocol/reporting'
import type { Table } from '../charts/toCsv.ts'
import { sayFault } from '../text/sayFault.ts'
import type { Texts } from '../text/texts.ts'
import { useText } from '../text/useText.tsx'
import { useView } from '../view/useView.ts'
import { FaultLine } from './FaultLine.tsx'

/** Refusals in a list at most; the server gives no more. */
export const refusalsMax = 500

export interface RefusalListProps {
  /** With `alike` where it stands for several. */
  readonly refusals: readonly (LiveRefusal & { readonly alike?: number })[]
  readonly none: string
  /** The reason that was chosen, to be named first; by default the first of each. */
  readonly code?: string | undefined
}

/** What was refused, why, and what it was. A body is a stranger's text, and shown as nothing else. */
export function RefusalList({ refusals, none, code }: RefusalListProps) {
  const { text, format } = useText()
  const { view } = useView()
  const named = (faults: LiveRefusal['faults']) => faults.find((fault) => fault.code === code) ?? faults[0]
  if (refusals.length === 0) return <p className="none">{none}</p>
  return (
    <ul className="refusals">
      {refusals.map(({ at, sid, faults, body, alike = 1 }) => (
        <li key={`${at} ${sid} ${body}`}>
          <details>
            <summary>
              <time dateTime={at}>{format.dayTime(at, view.timeZone)}</time> <Named fault={named(faults)} />{' '}
              {alike > 1 && <em>{text.alike(alike - 1)}</em>}
            </summary>
            <ul className="diagnostics">
              {faults.map((fault) => (
                <li key={`${fault.code} ${fault.pointer}`}>
                  <FaultLine fault={fault} />
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

function Named({ fault }: { readonly fault: LiveRefusal['faults'][number] | undefined }) {
  const { text } = useText()
  return (
    fault && (
      <>
        <code>{fault.code}</code> {sayFault(text, fault).title}
      </>
    )
  )
}

/** Refusals to be saved: a row for each fault, the body beside each. */
export function refusalTable(refusals: RefusalListProps['refusals'], text: Texts): Table {
  return {
    head: [text.clock, text.sessions, text.code, text.place, text.reason, text.times, text.asSent],
    rows: refusals.flatMap(({ at, sid, faults, body, alike = 1 }) =>
      faults.map(({ code, pointer, message }) => [at, sid, code, pointer, message, alike, body]),
    ),
  }
}
