import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Refused } from '../query/fetchJson.ts'
import { sayProblem } from '../i18n/sayProblem.ts'
import { useText } from '../i18n/useText.tsx'

export interface AskedProps<Answer> {
  readonly result: Pick<UseQueryResult<Answer>, 'data' | 'error' | 'isFetching'>
  readonly children: (answer: Answer) => ReactNode
}

/** What came of a question: its answer, why there is none, or that it is under way. An old answer stays meanwhile. */
export function Asked<Answer>({ result: { data, error, isFetching }, children }: AskedProps<Answer>) {
  const { text } = useText()
  if (data !== undefined) {
    return (
      <div className={isFetching ? 'is-asking' : undefined} aria-busy={isFetching}>
        {error && <Failure error={error} />}
        {children(data)}
      </div>
    )
  }
  return error ? (
    <Failure error={error} />
  ) : (
    <p className="none" aria-busy="true">
      {text.loading}
    </p>
  )
}

/** Why there is no answer: the server's own reasons, or that it said nothing. */
export function Failure({ error }: { readonly error: Error }) {
  const { text } = useText()
  const reasons = error instanceof Refused ? error.errors : []
  return (
    <div className="failure" role="alert">
      {reasons.length > 0 ? (
        reasons.map((reason) => {
          const { title, detail, remedy } = sayProblem(text, reason)
          return (
            <p key={`${reason.code} ${reason.message}`}>
              {title} {detail !== undefined && <span lang="en">{detail}</span>} {remedy}{' '}
              <code>{reason.code}</code>
            </p>
          )
        })
      ) : (
        <p>
          {text.failed} {error instanceof Refused ? error.message : text.unreachable}
        </p>
      )}
    </div>
  )
}
