import { Link } from 'wouter'
import { useText } from '../../text/useText.tsx'
import { Heading } from '../../ui/Heading.tsx'
import { Captioned } from '../../view/Captioned.tsx'
import { NotNarrowed } from '../../view/NotNarrowed.tsx'
import { ViewBar } from '../../view/ViewBar.tsx'
import { Diagnostics } from './Diagnostics.tsx'
import { Refusals } from './Refusals.tsx'

/** How well the players report: what was refused, and what was odd. */
export function HealthPage() {
  const { text } = useText()
  return (
    <>
      <Heading title={text.health} />
      <p className="about">
        {text.healthAbout} <Link href="/try">{text.tryIt}</Link>
      </p>
      <ViewBar hasCompare={false} />
      <NotNarrowed />
      <div className="panels">
        <Captioned isNarrowed={false} isCompared={false}>
          <Refusals />
          <Diagnostics />
        </Captioned>
      </div>
    </>
  )
}
