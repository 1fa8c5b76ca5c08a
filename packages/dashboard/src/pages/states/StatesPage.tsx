import { Breakdown } from '../../components/Breakdown.tsx'
import { Totals } from '../../components/Totals.tsx'
import { Trend } from '../../components/Trend.tsx'
import { useReport } from '../../query/useReport.ts'
import { stateName } from '../../i18n/stateName.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { Page } from '../../components/Page.tsx'
import { useNone } from '../../query/useNone.ts'
import { statesOf } from './statesOf.ts'

/** How much was watched in which state of the player: in those that players have really sent. */
export function StatesPage() {
  const { text } = useText()
  const none = useNone()
  const sent = useReport({
    dimensions: ['playerStates'],
    metrics: ['mediaStarts'],
    orderBy: '-mediaStarts',
    limit: 100,
    totals: false,
  })
  return (
    <Page title={text.states}>
      <Asked result={sent}>
        {({ rows }) => {
          const { names, tooLong } = statesOf(rows, text.stateNames)
          return (
            <>
              {tooLong > 0 && <p role="status">{text.statesTooLong(tooLong)}</p>}
              {names.length === 0 ? <p className="none">{none}</p> : <States names={names} />}
            </>
          )
        }}
      </Asked>
    </Page>
  )
}

function States({ names }: { readonly names: readonly string[] }) {
  const { text } = useText()
  const figures = (leaf: 'set' | 'time'): string[] => names.map((name) => `states.${name}.${leaf}`)
  return (
    <div className="panels">
      <Trend title={text.states} metrics={figures('set')} />
      <Trend title={text.timeSpent} metrics={figures('time')} />
      {names.map((name) => (
        // The figures are a region of that name by themselves.
        <div key={name} className="panel">
          <header>
            <h2>{stateName(text, name)}</h2>
          </header>
          <Totals
            title={stateName(text, name)}
            metrics={['set', 'count', 'time'].map((figure) => `states.${name}.${figure}`)}
          />
        </div>
      ))}
      <Breakdown dimensions={['playerName']} metrics={['mediaStarts', ...figures('set')]} />
    </div>
  )
}
