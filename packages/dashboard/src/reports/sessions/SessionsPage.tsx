import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { fetchJson } from '../../api/fetchJson.ts'
import { clockTime } from '../../text/formats.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { type Column, DataTable, tableOf } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useView } from '../../view/useView.ts'
import type { SessionReport } from '../session/sessionReport.ts'

type Head = SessionReport['session']

/** How often the list is asked for again, milliseconds. */
const refreshMs = 5000

/** The latest sessions, each with a way to all that is known of it. */
export function SessionsPage() {
  const { text, format } = useText()
  const { view } = useView()
  const result = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) =>
      fetchJson<{ readonly sessions: readonly Head[] }>('reporting/v1/sessions?limit=200', { signal }),
    refetchInterval: refreshMs,
  })
  const columns: readonly Column<Head>[] = [
    {
      id: 'content',
      title: text.content,
      value: ({ contentName, contentId, id }) => contentName ?? contentId ?? id,
      show: ({ contentName, contentId, id }) => (
        <Link href={`/sessions/${id}`}>{contentName || contentId || id.slice(0, 12)}</Link>
      ),
    },
    {
      id: 'started',
      title: text.started,
      value: ({ startedAt }) => startedAt,
      show: ({ startedAt }) => format.dateTime(startedAt, view.timeZone),
    },
    {
      id: 'status',
      title: text.status,
      value: ({ status }) => status,
      show: ({ status }) => (
        <span className={`badge is-${status}`}>{status === 'open' ? text.open : text.closed}</span>
      ),
    },
    { id: 'player', title: text.player, value: ({ playerName }) => playerName },
    { id: 'channel', title: text.channel, value: ({ channel }) => channel },
    {
      id: 'mediaTime',
      title: text.mediaTime,
      value: ({ mediaTimeSpent }) => mediaTimeSpent,
      show: ({ mediaTimeSpent }) => clockTime(mediaTimeSpent),
      isNumber: true,
    },
  ]
  return (
    <>
      <h1>{text.sessions}</h1>
      <Asked result={result}>
        {({ sessions }) => (
          <Panel title={text.sessions} table={tableOf(columns, sessions)}>
            <DataTable
              label={text.sessions}
              columns={columns}
              rows={sessions}
              keyOf={({ id }) => id}
              none={text.noSessions}
            />
          </Panel>
        )}
      </Asked>
    </>
  )
}
