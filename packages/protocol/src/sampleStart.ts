/**
 * A command that opens a first session, for people to copy.
 *
 * @param url of the sessions: `http://127.0.0.1:8080/api/v1/sessions`
 * @param nowMs when the session begins, epoch milliseconds
 */
export function sampleStart(url: string, nowMs: number): string {
  const start = {
    playerTime: { playhead: 0, ts: nowMs },
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
