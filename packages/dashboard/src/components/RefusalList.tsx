import type { LiveRefusal } from '@playhead/protocol/reporting'
import type { Table } from '../charts/toCsv.ts'
import { sayProblem } from '../i18n/sayProblem.ts'
import type { Texts } from '../i18n/texts.ts'
import { useText } from '../i18n/useText.tsx'
import { useView } from '../query/useView.ts'
import { ProblemLine } from './ProblemLine.tsx'

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
  const named = (problems: LiveRefusal['problems']) =>
    problems.find((problem) => problem.code === code) ?? problems[0]
  if (refusals.length === 0) return <p className="none">{none}</p>
  return (
    <ul className="refusals">
      {refusals.map(({ at, sid, problems, body, alike = 1 }) => (
        <li key={`${at} ${sid} ${body}`}>
          <details>
            <summary>
              <time dateTime={at}>{format.dayTime(at, view.timeZone)}</time>{' '}
              <Named problem={named(problems)} /> {alike > 1 && <em>{text.alike(alike - 1)}</em>}
            </summary>
            <ul className="diagnostics">
              {problems.map((problem) => (
                <li key={`${problem.code} ${problem.pointer}`}>
                  <ProblemLine problem={problem} />
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

function Named({ problem }: { readonly problem: LiveRefusal['problems'][number] | undefined }) {
  const { text } = useText()
  return (
    problem && (
      <>
        <code>{problem.code}</code> {sayProblem(text, problem).title}
      </>
    )
  )
}

/** Refusals to be saved: a row for each problem, the body beside each. */
export function refusalTable(refusals: RefusalListProps['refusals'], text: Texts): Table {
  return {
    head: [text.clock, text.sessions, text.code, text.place, text.reason, text.times, text.asSent],
    rows: refusals.flatMap(({ at, sid, problems, body, alike = 1 }) =>
      problems.map(({ code, pointer, message }) => [at, sid, code, pointer, message, alike, body]),
    ),
  }
}
