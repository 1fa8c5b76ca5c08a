import { sayProblem, type Told } from '../i18n/sayProblem.ts'
import { useText } from '../i18n/useText.tsx'

export interface ProblemLineProps {
  readonly problem: Told & {
    readonly pointer: string
    readonly expected?: string | undefined
    readonly got?: string | undefined
  }
}

/** One thing wrong with a request, or odd about an event: where, what, and how it is mended. */
export function ProblemLine({ problem }: ProblemLineProps) {
  const { text } = useText()
  const { code, pointer, expected, got } = problem
  const { title, detail, remedy } = sayProblem(text, problem)
  return (
    <>
      <code>{code}</code> {pointer !== '' && <code>{pointer}</code>} {title}
      {remedy !== undefined && (
        <div>
          <em>{remedy}</em>
        </div>
      )}
      {(expected !== undefined || got !== undefined) && (
        <div>
          {expected !== undefined && (
            <>
              {text.expected} <code>{expected}</code>
              {got !== undefined && ', '}
            </>
          )}
          {got !== undefined && (
            <>
              {text.got} <code>{got}</code>
            </>
          )}
        </div>
      )}
      {detail !== undefined && (
        <div className="detail" lang="en">
          {detail}
        </div>
      )}
    </>
  )
}
