import { Breakdown } from '../../components/Breakdown.tsx'
import { Totals } from '../../components/Totals.tsx'
import { Trend } from '../../components/Trend.tsx'
import { useText } from '../../i18n/useText.tsx'
import { Page } from '../../components/Page.tsx'
import { ContentLink } from './ContentLink.tsx'

/** What was watched. */
export function ContentPage() {
  const { text } = useText()
  return (
    <Page title={text.content}>
      <Totals
        title={text.content}
        metrics={['mediaStarts', 'contentStarts', 'contentCompletes', 'contentTimeSpent', 'contentResumes']}
      />
      <div className="panels">
        <Trend title={text.completion} metrics={['contentCompletionRate']} />
        <Breakdown
          title={text.allContent}
          dimensions={['contentId', 'contentName']}
          metrics={[
            'mediaStarts',
            'contentStarts',
            'contentCompletes',
            'contentTimeSpent',
            'averageContentTimeSpent',
            'averageMinuteAudience',
            'contentCompletionRate',
          ]}
          limit={100}
          show={(id) => <ContentLink id={id} />}
        />
        <Breakdown
          dimensions={['show']}
          metrics={['mediaStarts', 'contentTimeSpent', 'contentCompletionRate']}
        />
        <Breakdown
          dimensions={['genres']}
          metrics={['mediaStarts', 'contentTimeSpent', 'contentCompletionRate']}
        />
        <Breakdown dimensions={['streamType']} metrics={['mediaStarts', 'contentTimeSpent']} />
        <Breakdown dimensions={['contentSegment']} metrics={['mediaStarts', 'contentTimeSpent']} />
      </div>
    </Page>
  )
}
