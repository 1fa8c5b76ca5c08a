import type { TimeSpentResult } from '@playhead/protocol/reporting'
import { OverTime } from '../../components/OverTime.tsx'
import { useText } from '../../i18n/useText.tsx'

/** How much time went by with a player open, whatever it did. */
export function PlaybackTime() {
  const { text } = useText()
  return (
    <OverTime<TimeSpentResult['rows'][number]>
      id="timeSpent"
      path="time-spent"
      about={text.playbackTimeAbout}
      valueOf={({ seconds }) => seconds}
      unit="seconds"
    />
  )
}
