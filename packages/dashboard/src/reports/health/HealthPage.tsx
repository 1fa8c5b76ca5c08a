import { Link } from 'wouter'
import { useText } from '../../text/useText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RefusalList } from '../live/RefusalList.tsx'
import { useLive } from '../live/useLive.ts'
import { Diagnostics } from './Diagnostics.tsx'

/** How well the players report: what was refused, and what was odd. */
export function HealthPage() {
  const { text } = useText()
  const { now } = useLive()
  return (
    <>
      <h1>{text.health}</h1>
      <p className="about">
        {text.healthAbout} <Link href="/try">{text.tryIt}</Link>
      </p>
      <div className="panels">
        <Panel title={text.latestRefusals} about={text.refusalsAbout}>
          {now ? <RefusalList refusals={now.refusals} /> : <p className="none">{text.loading}</p>}
        </Panel>
        <Diagnostics />
      </div>
    </>
  )
}
