import { Link } from 'wouter'
import { useText } from '../../text/useText.tsx'
import { Heading } from '../../ui/Heading.tsx'
import { useView } from '../../view/useView.ts'
import { ViewBar } from '../../view/ViewBar.tsx'
import { Diagnostics } from './Diagnostics.tsx'
import { Refusals } from './Refusals.tsx'

/** How well the players report: what was refused, and what was odd. */
export function HealthPage() {
  const { text } = useText()
  const { view } = useView()
  const isNarrowed = view.segment !== undefined || view.filters.length > 0
  return (
    <>
      <Heading title={text.health} />
      <p className="about">
        {text.healthAbout} <Link href="/try">{text.tryIt}</Link>
      </p>
      <ViewBar hasCompare={false} />
      {isNarrowed && <p role="status">{text.notNarrowed}</p>}
      <div className="panels">
        <Refusals />
        <Diagnostics />
      </div>
    </>
  )
}
