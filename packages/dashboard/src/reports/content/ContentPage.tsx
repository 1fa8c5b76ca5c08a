import { Breakdown } from '../../report/Breakdown.tsx'
import { Totals } from '../../report/Totals.tsx'
import { Trend } from '../../report/Trend.tsx'
import { useText } from '../../text/useText.tsx'
import { Page } from '../../ui/Page.tsx'
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
