import { useQuery } from '@tanstack/react-query'
import type { PlayerHealth } from '@playhead/protocol/reporting'
import { fetchJson } from '../../api/fetchJson.ts'
import { usePeriod } from '../../report/useReport.ts'
import { sayFault } from '../../text/sayFault.ts'
import { useText } from '../../text/useText.tsx'
import { Asked } from '../../ui/Asked.tsx'
import { type Column, DataTable, tableOf } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SessionLink } from '../session/SessionLink.tsx'

type PlayerVersion = PlayerHealth['players'][number]
type Remark = PlayerHealth['remarks'][number]

/** Which versions of which players report well, and what the others do. */
export function Diagnostics() {
  const { text, format } = useText()
  const { from, to } = usePeriod()
  const result = useQuery({
    queryKey: ['diagnostics', from, to],
    queryFn: ({ signal }) =>
      fetchJson<PlayerHealth>(`reporting/v1/diagnostics?from=${from}&to=${to}`, { signal }),
  })
  const said = ({ code, exampleMessage, exampleHint }: Remark) =>
    sayFault(text, { code, message: exampleMessage, hint: exampleHint ?? undefined })
  const versions: readonly Column<PlayerVersion>[] = [
    { id: 'player', title: text.player, value: ({ playerName }) => playerName ?? text.notSent },
    { id: 'version', title: text.version, value: ({ appVersion }) => appVersion ?? text.notSent },
    { id: 'sessions', title: text.sessions, value: ({ sessions }) => sessions, isNumber: true },
    {
      id: 'sound',
      title: text.soundSessions,
      value: ({ soundSessions }) => soundSessions,
      isNumber: true,
    },
    {
      id: 'score',
      title: text.score,
      value: ({ score }) => score,
      show: ({ score }) => format.figure(score, 'share'),
      isNumber: true,
    },
  ]
  const remarks: readonly Column<Remark>[] = [
    { id: 'code', title: text.code, value: ({ code }) => code, show: ({ code }) => <code>{code}</code> },
    { id: 'player', title: text.player, value: ({ playerName }) => playerName ?? text.notSent },
    { id: 'version', title: text.version, value: ({ appVersion }) => appVersion ?? text.notSent },
    { id: 'sessions', title: text.sessions, value: ({ sessions }) => sessions, isNumber: true },
    { id: 'events', title: text.events, value: ({ events }) => events, isNumber: true },
    {
      id: 'example',
      title: text.example,
      isProse: true,
      value: (remark) => said(remark).title,
      show: (remark) => {
        const { title, detail, remedy } = said(remark)
        return (
          <>
            <SessionLink id={remark.exampleSid}>{title}</SessionLink> <em>{remedy}</em>{' '}
            <span lang="en">{detail}</span>
          </>
        )
      },
    },
  ]
  return (
    <>
      <Panel
        title={text.playerVersions}
        about={text.playerVersionsAbout}
        isWide
        table={tableOf(versions, result.data?.players ?? [])}
      >
        <Asked result={result}>
          {({ players }) => (
            <DataTable
              label={text.playerVersions}
              columns={versions}
              rows={players}
              keyOf={({ playerName, appVersion }) => `${playerName} ${appVersion}`}
              none={text.noData}
            />
          )}
        </Asked>
      </Panel>
      <Panel title={text.diagnostics} isWide table={tableOf(remarks, result.data?.remarks ?? [])}>
        <Asked result={result}>
          {({ remarks: rows }) => (
            <DataTable
              label={text.diagnostics}
              columns={remarks}
              rows={rows}
              keyOf={({ code, playerName, appVersion }) => `${code} ${playerName} ${appVersion}`}
              none={text.noRemarks}
            />
          )}
        </Asked>
      </Panel>
    </>
  )
}
