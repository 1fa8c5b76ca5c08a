import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RefusalList as Answer } from '@playhead/protocol/reporting'
import { type Ask, fetchJson } from '../../query/fetchJson.ts'
import { usePeriod } from '../../query/useReport.ts'
import { titleOfCode } from '../../i18n/sayProblem.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { type Column, DataTable, tableOf } from '../../components/DataTable.tsx'
import { Panel } from '../../components/Panel.tsx'
import { RefusalList, refusalsMax, refusalTable } from '../../components/RefusalList.tsx'
import { useAddressPart } from '../../query/useAddressPart.ts'
import { useView } from '../../query/useView.ts'

type Reason = Answer['reasons'][number]

/** How often it is asked for again, milliseconds. */
const refreshMs = 5000

/** What was not taken in the period: the reasons, and the bodies. */
export function Refusals() {
  const { text, format } = useText()
  const { view } = useView()
  const { from, to } = usePeriod()
  const [code, setCode] = useAddressPart('code')
  const chosen = code === undefined ? '' : `&code=${encodeURIComponent(code)}`
  const fetchList = (more: string, ask?: Ask): Promise<Answer> =>
    fetchJson<Answer>(`reporting/v1/refusals?from=${from}&to=${to}${more}`, ask)
  const ask = (more: string) => ({
    queryKey: ['refusals', from, to, more],
    queryFn: ({ signal }: { signal: AbortSignal }) => fetchList(more, { signal }),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  })
  const reasons = useQuery(ask(''))
  const refusals = useQuery(ask(chosen))
  const columns: readonly Column<Reason>[] = [
    {
      id: 'code',
      title: text.reason,
      value: (reason) => reason.code,
      show: (reason) => (
        <>
          <button type="button" className="link" onClick={() => setCode(reason.code)}>
            <code>{reason.code}</code>
          </button>{' '}
          {titleOfCode(text, reason.code)}
        </>
      ),
    },
    { id: 'endpoint', title: text.endpoint, value: ({ endpoint }) => endpoint },
    {
      id: 'place',
      title: text.place,
      value: ({ pointer }) => pointer,
      show: ({ pointer }) => <code>{pointer}</code>,
    },
    { id: 'times', title: text.times, value: ({ times }) => times, isNumber: true },
    {
      id: 'last',
      title: text.lastTime,
      value: ({ lastAt }) => lastAt,
      show: ({ lastAt }) => <time>{format.dayTime(lastAt, view.timeZone)}</time>,
    },
  ]
  return (
    <>
      <Panel
        title={text.refusedRequests}
        about={text.refusedRequestsAbout}
        table={tableOf(columns, reasons.data?.reasons ?? [])}
      >
        <Asked result={reasons}>
          {(answer) => (
            <>
              {answer.requests > 0 && <p>{text.requestsInAll(format.figure(answer.requests, 'count'))}</p>}
              <DataTable
                label={text.refusedRequests}
                columns={columns}
                rows={answer.reasons}
                keyOf={({ endpoint, code: of, pointer }) => `${endpoint} ${of} ${pointer}`}
                none={text.nothingRefused}
              />
            </>
          )}
        </Asked>
      </Panel>
      <Panel
        title={text.latestRefusals}
        about={text.refusalsAbout}
        table={refusalTable(refusals.data?.refusals ?? [], text)}
        wholeTable={async (signal) => {
          const { refusals: all, requests } = await fetchList(`${chosen}&limit=${refusalsMax}`, { signal })
          const saved = all.reduce((sum, { alike }) => sum + alike, 0)
          return { ...refusalTable(all, text), isCut: saved < requests }
        }}
      >
        {code !== undefined && (
          <button
            type="button"
            className="chip"
            aria-label={text.removeFilter(code)}
            onClick={() => setCode(undefined)}
          >
            <code>{code}</code> <span aria-hidden="true">×</span>
          </button>
        )}
        <Asked result={refusals}>
          {(answer) => <RefusalList refusals={answer.refusals} none={text.nothingRefused} code={code} />}
        </Asked>
      </Panel>
    </>
  )
}
