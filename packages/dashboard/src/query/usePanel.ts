import type { UseQueryResult } from '@tanstack/react-query'
import { comparedPeriod } from './period.ts'
import { rangeOf } from './question.ts'
import { useAnswer, usePeriod, useWholeView } from './useReport.ts'

/** A panel's answer, and the one about the time that the page is compared with, where it is. */
export interface PanelResult<Answer> extends Pick<UseQueryResult<Answer>, 'data' | 'error' | 'isFetching'> {
  readonly before: Answer | undefined
}

/** Ask a panel about what the page looks at, and about what that is compared with. */
export function usePanel<Answer>(name: string, ask: object = {}): PanelResult<Answer> {
  const view = useWholeView()
  const period = usePeriod()
  const compared = comparedPeriod(period, view.compare, view.timeZone)
  const askOf = (of: typeof period) => ({ ...ask, ...rangeOf(view, of) })
  const now = useAnswer<Answer>(`panels/${name}`, askOf(period))
  const then = useAnswer<Answer>(`panels/${name}`, askOf(compared ?? period), compared !== undefined)
  return {
    data: now.data,
    before: compared && then.data,
    error: now.error ?? (compared ? then.error : null),
    isFetching: now.isFetching || then.isFetching,
  }
}
