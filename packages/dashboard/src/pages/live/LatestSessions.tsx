import { useQuery } from '@tanstack/react-query'
import type { LiveSession, SessionList } from '@playhead/protocol/reporting'
import { fetchJson } from '../../query/fetchJson.ts'
import { clockTime, missing } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import { type Column, DataTable, tableOf } from '../../components/DataTable.tsx'
import { Failure } from '../../components/Asked.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useView } from '../../query/useView.ts'
import { SessionLink } from '../session/SessionLink.tsx'
import { type Latest, latestMax, latestOf } from './latest.ts'

/** How often the store is asked again, milliseconds: what is open comes by itself. */
const refreshMs = 5000
/** How far back sessions are looked for, milliseconds: seven days. */
const backMs = 7 * 86_400_000

/** The sessions that began last: a short one is over before anybody looks. */
export function LatestSessions({ open }: { readonly open: readonly LiveSession[] }) {
  const { text, format } = useText()
  const { view } = useView()
  const { data, error } = useQuery({
    queryKey: ['latest sessions'],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - backMs).toISOString()
      return fetchJson<SessionList>(`reporting/v1/sessions?limit=${latestMax}&from=${from}`, { signal })
    },
    refetchInterval: refreshMs,
  })
  const statusOf = ({ now, stored }: Latest): string =>
    now ? text[`activity_${now.activity}`] : stored?.status === 'open' ? text.open : text.closed
  const columns: readonly Column<Latest>[] = [
    {
      id: 'content',
      title: text.content,
      value: ({ contentName, contentId, id }) => contentName ?? contentId ?? id,
      show: ({ contentName, contentId, id }) => (
        <SessionLink id={id}>{contentName || contentId || id.slice(0, 12)}</SessionLink>
      ),
    },
    { id: 'player', title: text.player, value: ({ playerName }) => playerName },
    {
      id: 'started',
      title: text.started,
      value: ({ startedAt }) => startedAt,
      show: ({ startedAt }) => <time>{format.dayTime(startedAt, view.timeZone)}</time>,
    },
    {
      id: 'status',
      title: text.status,
      value: statusOf,
      show: (latest) => <span className={latest.now ? 'badge is-open' : 'badge'}>{statusOf(latest)}</span>,
    },
    {
      id: 'playhead',
      title: text.playhead,
      value: ({ now }) => now?.playhead,
      show: ({ now }) => (now ? clockTime(now.playhead) : missing),
      isNumber: true,
    },
    {
      id: 'mediaTime',
      title: text.mediaTime,
      value: ({ stored }) => stored?.mediaTimeSpent,
      show: ({ stored }) => (stored ? clockTime(stored.mediaTimeSpent) : missing),
      isNumber: true,
    },
  ]
  const rows = latestOf(open, data?.sessions ?? [])
  return (
    <Panel title={text.latestSessions} table={tableOf(columns, rows)} isWide>
      {error && <Failure error={error} />}
      <DataTable
        label={text.latestSessions}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        none={data ? text.noneLately : error ? '' : text.loading}
      />
    </Panel>
  )
}
