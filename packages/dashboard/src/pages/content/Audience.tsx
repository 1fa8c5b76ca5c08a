import type { AudienceResult } from '@playhead/protocol/reporting'
import { OverTime } from '../../components/OverTime.tsx'
import { useText } from '../../i18n/useText.tsx'

type Row = NonNullable<AudienceResult['rows']>[number]

/** How many watched on average, over time. */
export function Audience() {
  const { text } = useText()
  return (
    <OverTime<Row>
      id="averageMinuteAudience"
      path="average-minute-audience"
      about={text.averageMinuteAudienceAbout}
      valueOf={({ audience }) => audience}
      unit="number"
      finest="fiveMinutes"
    />
  )
}
