import { Totals } from '../../report/Totals.tsx'
import { Trend } from '../../report/Trend.tsx'
import { useText } from '../../text/useText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'

/** The states that media SDKs know by name; players may send others. */
const known = ['fullScreen', 'closedCaptioning', 'mute', 'pictureInPicture', 'inFocus']

/** How much was watched in which state of the player. */
export function StatesPage() {
  const { text } = useText()
  return (
    <Page title={text.states}>
      <div className="panels">
        <Trend title={text.states} metrics={known.map((name) => `states.${name}.set`)} />
        <Trend title={text.timeSpent} metrics={known.map((name) => `states.${name}.time`)} />
        {known.map((name) => (
          <Panel key={name} title={text.stateNames[name] ?? name} table={undefined}>
            <Totals
              title={text.stateNames[name] ?? name}
              metrics={['set', 'count', 'time'].map((figure) => `states.${name}.${figure}`)}
            />
          </Panel>
        ))}
      </div>
    </Page>
  )
}
