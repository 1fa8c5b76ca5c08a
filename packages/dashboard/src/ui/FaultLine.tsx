import { sayFault, type Told } from '../text/sayFault.ts'
import { useText } from '../text/useText.tsx'

export interface FaultLineProps {
  readonly fault: Told & {
    readonly pointer: string
    readonly expected?: string | undefined
    readonly got?: string | undefined
  }
}

/** One thing wrong with a request, or odd about an event: where, what, and how it is mended. */
export function FaultLine({ fault }: FaultLineProps) {
  const { text } = useText()
  const { code, pointer, expected, got } = fault
  const { title, detail, remedy } = sayFault(text, fault)
  return (
    <>
      <code>{code}</code> {pointer !== '' && <code>{pointer}</code>} {title}
      {remedy !== undefined && (
        <div>
          <em>{remedy}</em>
        </div>
      )}
      {(expected !== undefined || got !== undefined) && (
        <div>
          {expected !== undefined && (
            <>
              {text.expected} <code>{expected}</code>
              {got !== undefined && ', '}
            </>
          )}
          {got !== undefined && (
            <>
              {text.got} <code>{got}</code>
            </>
          )}
        </div>
      )}
      {detail !== undefined && (
        <div className="detail" lang="en">
          {detail}
        </div>
      )}
    </>
  )
}
