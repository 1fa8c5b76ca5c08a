import { Link } from 'wouter'
import { useText } from '../../text/useText.tsx'
import { ViewBar } from '../../view/ViewBar.tsx'
import { Diagnostics } from './Diagnostics.tsx'
import { Refusals } from './Refusals.tsx'

/** How well the players report: what was refused, and what was odd. */
export function HealthPage() {
  const { text } = useText()
  return (
    <>
      <h1>{text.health}</h1>
      <p className="about">
        {text.healthAbout} <Link href="/try">{text.tryIt}</Link>
      </p>
      <ViewBar hasCompare={false} />
      <div className="panels">
        <Refusals />
        <Diagnostics />
      </div>
    </>
  )
}
