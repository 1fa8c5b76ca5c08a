import { useParams } from 'wouter'
import { Breakdown } from '../../report/Breakdown.tsx'
import { Totals } from '../../report/Totals.tsx'
import { Trend } from '../../report/Trend.tsx'
import { useText } from '../../text/useText.tsx'
import { Page } from '../../ui/Page.tsx'
import { ViewOnly } from '../../view/ViewOnly.tsx'
import { Audience } from './Audience.tsx'
import { Funnel } from './Funnel.tsx'
import { Retention } from './Retention.tsx'

/** One content: who watched it, and how far. */
export function ContentDetailPage() {
  const { text } = useText()
  const id = decodeURIComponent(useParams<{ id: string }>().id)
  return (
    <Page title={id} kind={text.content}>
      <ViewOnly filter={{ dimension: 'contentId', operator: 'is', value: id }}>
        <Totals
          metrics={[
            'mediaStarts',
            'contentStarts',
            'contentCompletes',
            'contentTimeSpent',
            'averageContentTimeSpent',
            'contentCompletionRate',
          ]}
        />
        <div className="panels">
          <Retention contentId={id} />
          <Funnel />
          <Audience />
          <Trend title={text.starts} metrics={['mediaStarts', 'contentStarts', 'contentCompletes']} />
          <Breakdown
            dimensions={['contentSegment']}
            metrics={['contentStarts', 'contentTimeSpent']}
            isFilter={false}
          />
          <Breakdown dimensions={['playerName']} metrics={['mediaStarts', 'contentCompletionRate']} />
        </div>
      </ViewOnly>
    </Page>
  )
}
