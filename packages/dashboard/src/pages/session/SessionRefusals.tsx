import { useQuery } from '@tanstack/react-query'
import type { RefusalList as Answer } from '@playhead/protocol/reporting'
import { fetchJson } from '../../query/fetchJson.ts'
import { useText } from '../../i18n/useText.tsx'
import { Failure } from '../../components/Asked.tsx'
import { Panel } from '../../components/Panel.tsx'
import { RefusalList, refusalsMax, refusalTable } from '../../components/RefusalList.tsx'

export interface SessionRefusalsProps {
  readonly sid: string
  /** How often they are asked for again, milliseconds; `false` where no more are expected. */
  readonly refreshMs: number | false
}

/** What was sent to the session and not taken; nothing is shown where there was none. */
export function SessionRefusals({ sid, refreshMs }: SessionRefusalsProps) {
  const { text } = useText()
  const { data, error } = useQuery({
    queryKey: ['refusals of', sid],
    queryFn: ({ signal }) =>
      fetchJson<Answer>(`reporting/v1/refusals?sid=${encodeURIComponent(sid)}&limit=${refusalsMax}`, {
        signal,
      }),
    refetchInterval: refreshMs,
  })
  const refusals = data?.refusals ?? []
  if (error) return <Failure error={error} />
  if (refusals.length === 0) return null
  return (
    <div className="panels is-narrow">
      <Panel
        title={text.refusedRequests}
        about={text.refusalsAbout}
        table={refusalTable(refusals, text)}
        isWide
      >
        <RefusalList refusals={refusals} none={text.nothingRefused} />
      </Panel>
    </div>
  )
}
