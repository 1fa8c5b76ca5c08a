import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { type Ask, fetchJson } from '../../query/fetchJson.ts'
import { allOf } from '../../query/allOf.ts'
import { rangeOf } from '../../query/question.ts'
import { usePeriod } from '../../query/useReport.ts'
import { clockTime } from '../../i18n/formats.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { type Column, DataTable, tableOf } from '../../components/DataTable.tsx'
import { Heading } from '../../components/Heading.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Captioned } from '../../components/Captioned.tsx'
import { FilterBar } from '../../components/FilterBar.tsx'
import { useAddressPart } from '../../query/useAddressPart.ts'
import { useNone } from '../../query/useNone.ts'
import { useView } from '../../query/useView.ts'
import { ViewBar } from '../../components/ViewBar.tsx'
import { SessionLink } from '../session/SessionLink.tsx'
import type { SessionReport } from '../session/sessionReport.ts'

type Head = SessionReport['session']

interface Answer {
  readonly sessions: readonly Head[]
  /** Where the next page begins. */
  readonly next: string | null
}

/** How often the list is asked for again, milliseconds. */
const refreshMs = 5000
const pageRows = 100
/** Of a page when all are asked for; the server gives no more. */
const pageRowsMax = 1000

/** The latest sessions, each with a way to all that is known of it. */
export function SessionsPage() {
  const { text, format } = useText()
  const none = useNone()
  const { view } = useView()
  const [search = '', setSearch] = useAddressPart('q')
  const { result, fetchAll } = useSessions(useDeferredValue(search.trim()))
  const rows = result.data?.pages.flatMap(({ sessions }) => sessions) ?? []
  const columns: readonly Column<Head>[] = [
    {
      id: 'content',
      title: text.content,
      value: ({ contentName, contentId, id }) => contentName ?? contentId ?? id,
      show: ({ contentName, contentId, id }) => (
        <SessionLink id={id}>{contentName || contentId || id.slice(0, 12)}</SessionLink>
      ),
    },
    {
      id: 'started',
      title: text.started,
      value: ({ startedAt }) => startedAt,
      show: ({ startedAt }) => <time>{format.dateTime(startedAt, view.timeZone)}</time>,
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
      <Heading title={text.sessions} />
      <div className="bar-row">
        <ViewBar hasCompare={false} />
        <FilterBar />
        <label className="search">
          {text.search}
          <input
            type="search"
            value={search}
            maxLength={255}
            placeholder={text.searchHint}
            onChange={({ target }) => setSearch(target.value || undefined)}
          />
        </label>
      </div>
      <Captioned isCompared={false}>
        <Panel
          title={text.sessions}
          table={tableOf(columns, rows)}
          wholeTable={async (signal) => {
            const { rows: all, isCut } = await fetchAll(signal)
            return { ...tableOf(columns, all), isCut }
          }}
        >
          <Asked result={result}>
            {() => (
              <DataTable
                label={text.sessions}
                columns={columns}
                rows={rows}
                keyOf={({ id }) => id}
                none={none}
              />
            )}
          </Asked>
          {result.hasNextPage && (
            <button type="button" disabled={result.isFetching} onClick={() => void result.fetchNextPage()}>
              {text.more}
            </button>
          )}
        </Panel>
      </Captioned>
    </>
  )
}

/** The sessions that the page looks at, a page after the other; the first one is kept up to date. */
function useSessions(search: string) {
  const { view } = useView()
  const { from, to, filters, segments } = rangeOf(view, usePeriod())
  const asked = new URLSearchParams({
    from,
    to,
    ...(search !== '' && { q: search }),
    ...(filters && { filters: JSON.stringify(filters) }),
    ...(segments && { segments: segments.join(',') }),
  }).toString()
  const fetchPage = (limit: number, before: string | null, ask?: Ask): Promise<Answer> => {
    const page = before === null ? '' : `&before=${before}`
    return fetchJson<Answer>(`reporting/v1/sessions?${asked}&limit=${limit}${page}`, ask)
  }
  const fetchAll = (signal: AbortSignal) => {
    let before: string | null = null
    return allOf(async () => {
      const { sessions, next } = await fetchPage(pageRowsMax, before, { signal })
      before = next
      return { rows: sessions, hasMore: next !== null }
    })
  }
  const result = useInfiniteQuery({
    queryKey: ['sessions', asked],
    queryFn: ({ pageParam, signal }) => fetchPage(pageRows, pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? refreshMs : false),
  })
  return { result, fetchAll }
}
