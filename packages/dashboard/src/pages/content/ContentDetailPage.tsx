import { Breakdown } from '../../components/Breakdown.tsx'
import { Totals } from '../../components/Totals.tsx'
import { Trend } from '../../components/Trend.tsx'
import { useReport } from '../../query/useReport.ts'
import { useText } from '../../i18n/useText.tsx'
import { Page } from '../../components/Page.tsx'
import { useLastPart } from '../../query/address.ts'
import { ViewOnly } from '../../components/ViewOnly.tsx'
import { Audience } from './Audience.tsx'
import { Funnel } from './Funnel.tsx'
import { Retention } from './Retention.tsx'

/** One content: who watched it, and how far. */
export function ContentDetailPage() {
  const id = useLastPart()
  return (
    <ViewOnly filter={{ dimension: 'contentId', operator: 'is', value: id }}>
      <ContentDetail id={id} />
    </ViewOnly>
  )
}

function ContentDetail({ id }: { readonly id: string }) {
  const { text } = useText()
  const name = useContentName()
  return (
    <Page title={name ?? id} kind={text.content} id={name === undefined || name === id ? undefined : id}>
      <Totals
        title={name ?? id}
        metrics={[
          'mediaStarts',
          'contentStarts',
          'contentCompletes',
          'contentTimeSpent',
          'averageContentTimeSpent',
          'averageMinuteAudience',
          'contentCompletionRate',
        ]}
      />
      <div className="panels">
        <Retention contentId={id} />
        <Funnel />
        <Audience />
        <Trend
          title={text.starts}
          about={text.startsAbout}
          metrics={['mediaStarts', 'contentStarts', 'contentCompletes']}
        />
        <Breakdown dimensions={['playerName']} metrics={['mediaStarts', 'contentCompletionRate']} />
        <Breakdown
          dimensions={['contentSegment']}
          metrics={['contentStarts', 'contentTimeSpent']}
          isFilter={false}
        />
      </div>
    </Page>
  )
}

/** What the content is called in most of its sessions: it is told apart from others by its id. */
function useContentName(): string | undefined {
  const { data } = useReport({
    dimensions: ['contentName'],
    metrics: ['mediaStarts'],
    orderBy: '-mediaStarts',
    limit: 1,
    totals: false,
  })
  const name = data?.rows[0]?.dimensions['contentName']
  return typeof name === 'string' && name !== '' ? name : undefined
}
