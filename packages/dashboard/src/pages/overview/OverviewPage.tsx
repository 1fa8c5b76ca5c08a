import { Breakdown } from '../../components/Breakdown.tsx'
import { MetadataBreakdown } from '../../components/MetadataBreakdown.tsx'
import { Totals } from '../../components/Totals.tsx'
import { Trend } from '../../components/Trend.tsx'
import { useText } from '../../i18n/useText.tsx'
import { Page } from '../../components/Page.tsx'
import { ContentLink } from '../content/ContentLink.tsx'
import { Concurrent } from './Concurrent.tsx'
import { PlaybackTime } from './PlaybackTime.tsx'
import { StartsByTimeOfDay } from './StartsByTimeOfDay.tsx'

const totals = [
  'mediaStarts',
  'contentStarts',
  'uniqueViewers',
  'contentTimeSpent',
  'mediaTimeSpent',
  'averageContentTimeSpent',
  'contentCompletionRate',
  'dropBeforeStartRate',
] as const

/** How much was watched. */
export function OverviewPage() {
  const { text } = useText()
  return (
    <Page title={text.overview}>
      <Totals title={text.overview} metrics={totals} />
      <div className="panels">
        <Trend
          title={text.starts}
          about={text.startsAbout}
          metrics={['mediaStarts', 'contentStarts', 'contentCompletes']}
        />
        <Trend title={text.timeSpent} metrics={['contentTimeSpent', 'adTimeSpent']} />
        <Concurrent />
        <PlaybackTime />
        <StartsByTimeOfDay />
        <Breakdown
          title={text.content}
          dimensions={['contentId', 'contentName']}
          metrics={['mediaStarts', 'contentTimeSpent', 'contentCompletionRate']}
          limit={10}
          show={(id) => <ContentLink id={id} />}
        />
        <Breakdown dimensions={['playerName']} metrics={['mediaStarts', 'contentTimeSpent']} limit={10} />
        <Breakdown dimensions={['channel']} metrics={['mediaStarts', 'contentTimeSpent']} limit={10} />
        <MetadataBreakdown metrics={['mediaStarts', 'contentTimeSpent']} />
        <Breakdown dimensions={['contentType']} metrics={['mediaStarts', 'contentTimeSpent']} limit={10} />
      </div>
    </Page>
  )
}
