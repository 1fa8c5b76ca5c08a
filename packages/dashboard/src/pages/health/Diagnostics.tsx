import { useQuery } from '@tanstack/react-query'
import type { InstrumentationHealth } from '@playhead/protocol/reporting'
import { fetchJson } from '../../query/fetchJson.ts'
import { usePeriod } from '../../query/useReport.ts'
import { sayProblem } from '../../i18n/sayProblem.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { type Column, DataTable, tableOf } from '../../components/DataTable.tsx'
import { Panel } from '../../components/Panel.tsx'
import { SessionLink } from '../session/SessionLink.tsx'

type PlayerVersion = InstrumentationHealth['players'][number]
type Warning = InstrumentationHealth['warnings'][number]

/** Which versions of which players report well, and what the others do. */
export function Diagnostics() {
  const { text, format } = useText()
  const { from, to } = usePeriod()
  const result = useQuery({
    queryKey: ['diagnostics', from, to],
    queryFn: ({ signal }) =>
      fetchJson<InstrumentationHealth>(`reporting/v1/diagnostics?from=${from}&to=${to}`, { signal }),
  })
  const said = ({ code, exampleMessage, exampleHint }: Warning) =>
    sayProblem(text, { code, message: exampleMessage, hint: exampleHint ?? undefined })
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
  const warnings: readonly Column<Warning>[] = [
    { id: 'code', title: text.code, value: ({ code }) => code, show: ({ code }) => <code>{code}</code> },
    { id: 'player', title: text.player, value: ({ playerName }) => playerName ?? text.notSent },
    { id: 'version', title: text.version, value: ({ appVersion }) => appVersion ?? text.notSent },
    { id: 'sessions', title: text.sessions, value: ({ sessions }) => sessions, isNumber: true },
    { id: 'events', title: text.events, value: ({ events }) => events, isNumber: true },
    {
      id: 'example',
      title: text.example,
      isProse: true,
      value: (warning) => said(warning).title,
      show: (warning) => {
        const { title, detail, remedy } = said(warning)
        return (
          <>
            <SessionLink id={warning.exampleSid}>{title}</SessionLink> <em>{remedy}</em>{' '}
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
      <Panel title={text.diagnostics} isWide table={tableOf(warnings, result.data?.warnings ?? [])}>
        <Asked result={result}>
          {({ warnings: rows }) => (
            <DataTable
              label={text.diagnostics}
              columns={warnings}
              rows={rows}
              keyOf={({ code, playerName, appVersion }) => `${code} ${playerName} ${appVersion}`}
              none={text.noWarnings}
            />
          )}
        </Asked>
      </Panel>
    </>
  )
}
