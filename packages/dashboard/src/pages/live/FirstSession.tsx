import { sampleStart } from '@playhead/protocol/reporting'
import { useQuery } from '@tanstack/react-query'
import { addressOf, fetchJson } from '../../query/fetchJson.ts'
import { useText } from '../../i18n/useText.tsx'

/** Where nothing was ever sent: how to send a first session. It goes away by itself. */
export function FirstSession({ hasSessions }: { readonly hasSessions: boolean }) {
  const { text } = useText()
  const { data } = useQuery({
    queryKey: ['any session'],
    queryFn: ({ signal }) =>
      fetchJson<{ readonly sessions: readonly unknown[] }>('reporting/v1/sessions?limit=1', { signal }),
  })
  if (hasSessions || data === undefined || data.sessions.length > 0) return null
  return (
    <section className="panel" aria-label={text.noSessions}>
      <h2>{text.noSessions}</h2>
      <p>{text.firstSession}</p>
      <pre className="body" tabIndex={0}>
        {sampleCommand()}
      </pre>
    </section>
  )
}

function sampleCommand(): string {
  return sampleStart(addressOf('api/v1/sessions'), Date.now())
}
