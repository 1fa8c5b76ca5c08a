import type { LiveNow } from '@playhead/protocol/reporting'
import { LineChart } from '../../charts/LineChart.tsx'
import { useText } from '../../i18n/useText.tsx'
import { type Column, DataTable, tableOf } from '../../components/DataTable.tsx'
import { Heading } from '../../components/Heading.tsx'
import { Panel } from '../../components/Panel.tsx'
import { RefusalList, refusalTable } from '../../components/RefusalList.tsx'
import { Tiles } from '../../components/Tiles.tsx'
import { NotNarrowed } from '../../components/NotNarrowed.tsx'
import { isoAt } from '../../query/isoAt.ts'
import { useView } from '../../query/useView.ts'
import { FirstSession } from './FirstSession.tsx'
import { LatestSessions } from './LatestSessions.tsx'
import { type Live, useLive } from './useLive.ts'

type Ranked = LiveNow['content'][number]

/** In the order in which they are shown. */
const activities = ['playing', 'ad', 'paused', 'buffering', 'waiting'] as const

/** What is happening now. */
export function LivePage() {
  const { text } = useText()
  const live = useLive()
  return (
    <>
      <Heading title={text.live}>
        <span className={live.isConnected ? 'badge is-open' : 'badge'} role="status">
          {live.isConnected ? text.connected : text.connecting}
        </span>
      </Heading>
      <NotNarrowed />
      {live.now ? (
        <Now live={live} now={live.now} />
      ) : (
        <p className="none" aria-busy="true">
          {text.loading}
        </p>
      )}
    </>
  )
}

function Now({ live, now }: { readonly live: Live; readonly now: LiveNow }) {
  const { text, format } = useText()
  const { view } = useView()
  const time = (x: number): string => format.time(x, view.timeZone)
  const number = (y: number): string => format.figure(y, 'number')
  return (
    <>
      <Tiles
        title={text.live}
        tiles={[
          { title: text.openSessions, value: now.concurrent.total, unit: 'count' },
          ...activities.map(
            (activity) =>
              ({
                title: text[`activity_${activity}`],
                value: now.concurrent[activity],
                unit: 'count',
              }) as const,
          ),
          { title: text.eventsPerSecond, value: now.eventsPerSecond, unit: 'number' },
          { title: text.refusalsPerSecond, value: now.refusalsPerSecond, unit: 'number' },
        ]}
      />
      <FirstSession hasSessions={now.concurrent.total > 0} />
      <div className="panels">
        <Panel
          title={text.concurrent}
          about={text.concurrentAbout}
          table={{
            head: [text.clock, text.openSessions, text.activity_playing],
            rows: live.looks.map(({ atMs, total, playing }) => [isoAt(atMs, view.timeZone), total, playing]),
          }}
        >
          <LineChart
            label={text.concurrent}
            scale="time"
            formatX={time}
            formatY={number}
            isStepped
            isCount
            series={[
              {
                name: text.openSessions,
                points: live.looks.map(({ atMs, total }) => ({ x: atMs, y: total })),
              },
              {
                name: text.activity_playing,
                points: live.looks.map(({ atMs, playing }) => ({ x: atMs, y: playing })),
              },
            ]}
          />
        </Panel>
        <Ranking title={text.content} ranking={now.content} />
        <LatestSessions open={now.sessions} />
        <Ranking title={text.player} ranking={now.players} />
        <Panel
          title={text.latestRefusals}
          about={text.refusalsAbout}
          table={refusalTable(now.refusals, text)}
        >
          <RefusalList refusals={now.refusals} none={text.noRefusals} />
        </Panel>
      </div>
    </>
  )
}

function Ranking({ title, ranking }: { readonly title: string; readonly ranking: readonly Ranked[] }) {
  const { text } = useText()
  const columns: readonly Column<Ranked>[] = [
    { id: 'name', title, value: ({ name }) => name },
    { id: 'sessions', title: text.openSessions, value: ({ sessions }) => sessions, isNumber: true },
  ]
  return (
    <Panel title={title} table={tableOf(columns, ranking)}>
      <DataTable
        label={title}
        columns={columns}
        rows={ranking}
        keyOf={({ id }) => id}
        none={text.nobodyWatches}
      />
    </Panel>
  )
}
