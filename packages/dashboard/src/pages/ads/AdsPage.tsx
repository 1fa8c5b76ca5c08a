import { Breakdown } from '../../components/Breakdown.tsx'
import { Totals } from '../../components/Totals.tsx'
import { Trend } from '../../components/Trend.tsx'
import { useText } from '../../i18n/useText.tsx'
import { Page } from '../../components/Page.tsx'

const metrics = ['adStarts', 'adCompletes', 'adCompletionRate', 'adTimeSpent']

/** Which ads were shown, and seen to their end. */
export function AdsPage() {
  const { text } = useText()
  return (
    <Page title={text.ads}>
      <Totals
        title={text.ads}
        metrics={[...metrics, 'averageAdTimeSpent', 'adsPerStream', 'preRollDropRate']}
      />
      <div className="panels">
        <Trend title={text.starts} metrics={['adStarts', 'adCompletes']} />
        <Trend title={text.completion} metrics={['adCompletionRate']} />
        <Breakdown dimensions={['adId', 'adName']} metrics={metrics} isFilter={false} />
        <Breakdown dimensions={['advertiser']} metrics={metrics} isFilter={false} />
        <Breakdown dimensions={['campaignId']} metrics={metrics} isFilter={false} />
        <Breakdown
          title={text.podsAndBreaks}
          dimensions={['contentName', 'podId', 'podName', 'podOffset']}
          metrics={metrics}
          isFilter={false}
          writtenAs={{ podId: podNumber }}
        />
        <Breakdown dimensions={['podPosition']} metrics={metrics} isFilter={false} />
      </div>
    </Page>
  )
}

/** Which break of its content it is: what stands before that in its id is only there to be the same in every session. */
function podNumber(id: string): string {
  return id.slice(id.lastIndexOf('_') + 1)
}
