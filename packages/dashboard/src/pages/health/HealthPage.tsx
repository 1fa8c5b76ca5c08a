import { Link } from 'wouter'
import { useText } from '../../i18n/useText.tsx'
import { Heading } from '../../components/Heading.tsx'
import { Captioned } from '../../components/Captioned.tsx'
import { NotNarrowed } from '../../components/NotNarrowed.tsx'
import { ViewBar } from '../../components/ViewBar.tsx'
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
