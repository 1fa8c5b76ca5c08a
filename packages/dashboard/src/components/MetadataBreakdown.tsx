import { useText } from '../i18n/useText.tsx'
import { Failure } from './Asked.tsx'
import { Panel } from './Panel.tsx'
import { useAddressPart } from '../query/useAddressPart.ts'
import { Breakdown } from './Breakdown.tsx'
import { useMetadataDimensions } from '../query/useMetadataDimensions.ts'
import { useNames } from '../query/useNames.ts'

/** Metrics by what the players' own makers have put into custom metadata, by one key at a time; nothing where there is none. */
export function MetadataBreakdown({ metrics }: { readonly metrics: readonly string[] }) {
  const { text } = useText()
  const { titleOf } = useNames()
  const { data: sent = [], error } = useMetadataDimensions()
  const [chosen, choose] = useAddressPart('metadata')
  const dimension = chosen?.startsWith('c.') ? chosen : sent[0]
  if (dimension === undefined) {
    return (
      error && (
        <Panel title={text.customMetadata} table={undefined}>
          <Failure error={error} />
        </Panel>
      )
    )
  }
  const offered = sent.includes(dimension) ? sent : [dimension, ...sent]
  return (
    <Breakdown title={text.customMetadata} dimensions={[dimension]} metrics={metrics} limit={10}>
      <label className="choice">
        {text.dimension}
        <select value={dimension} onChange={({ target }) => choose(target.value)}>
          {offered.map((id) => (
            <option key={id} value={id}>
              {titleOf(id)}
            </option>
          ))}
        </select>
      </label>
    </Breakdown>
  )
}
