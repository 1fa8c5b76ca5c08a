import { useQuery } from '@tanstack/react-query'
import { addressOf, fetchJson } from '../../api/fetchJson.ts'
import { useText } from '../../text/useText.tsx'

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
        {sampleCommand(addressOf('api/v1/sessions'))}
      </pre>
    </section>
  )
}

function sampleCommand(url: string): string {
  const start = {
    playerTime: { playhead: 0, ts: Date.now() },
    eventType: 'sessionStart',
    params: {
      'analytics.trackingServer': 'example.com',
      'analytics.reportSuite': 'demo',
      'visitor.marketingCloudOrgId': 'demo@AdobeOrg',
      'media.id': 'first-video',
      'media.name': 'My first video',
      'media.length': 60,
      'media.contentType': 'vod',
      'media.playerName': 'curl',
      'media.channel': 'terminal',
    },
  }
  return `curl -i ${url} -d '${JSON.stringify(start)}'`
}
