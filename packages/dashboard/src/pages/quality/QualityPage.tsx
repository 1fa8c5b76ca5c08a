import { Breakdown } from '../../components/Breakdown.tsx'
import { Totals } from '../../components/Totals.tsx'
import { Trend } from '../../components/Trend.tsx'
import { useText } from '../../i18n/useText.tsx'
import { Page } from '../../components/Page.tsx'

const metrics = [
  'mediaStarts',
  'averageTimeToStart',
  'dropBeforeStartRate',
  'contentBufferDurationRate',
  'bufferImpactedStreams',
  'stallImpactedStreams',
  'errorImpactedStreams',
  'averageBitrate',
  'averageDroppedFrames',
]

/** How well it played, and on what. */
export function QualityPage() {
  const { text } = useText()
  return (
    <Page title={text.quality}>
      <Totals
        title={text.quality}
        metrics={[
          'dropBeforeStartRate',
          'averageTimeToStart',
          'contentBufferDurationRate',
          'bufferEvents',
          'stallEvents',
          'averageBitrate',
          'errorEvents',
          'errorImpactedStreams',
        ]}
      />
      <div className="panels">
        <Trend title={text.startUp} metrics={['averageTimeToStart']} />
        <Trend metrics={['dropBeforeStartRate']} />
        <Trend title={text.bufferingAndStalls} metrics={['bufferEvents', 'stallEvents']} />
        <Trend metrics={['contentBufferDurationRate']} />
        <Trend title={text.bitrate} metrics={['averageBitrate']} />
        <Trend title={text.errors} metrics={['errorEvents', 'errorImpactedStreams']} />
        <Breakdown dimensions={['playerName', 'appVersion']} metrics={metrics} />
        <Breakdown dimensions={['averageBitrateBucket']} metrics={['mediaStarts', 'bufferImpactedStreams']} />
        <Breakdown
          dimensions={['playerSdkErrors']}
          metrics={['mediaStarts', 'errorEvents']}
          isFilter={false}
        />
        <Breakdown
          dimensions={['externalErrors']}
          metrics={['mediaStarts', 'errorEvents']}
          isFilter={false}
        />
      </div>
    </Page>
  )
}
