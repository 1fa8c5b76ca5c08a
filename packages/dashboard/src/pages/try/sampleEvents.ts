const start = {
  eventType: 'sessionStart',
  playerTime: { playhead: 0, ts: 1_750_000_000_000 },
  params: {
    'media.id': 'my-video',
    'media.name': 'My video',
    'media.length': 60,
    'media.contentType': 'vod',
    'media.playerName': 'my-player',
    'media.channel': 'my-site',
    'visitor.marketingCloudOrgId': 'me@AdobeOrg',
    'analytics.trackingServer': 'example.com',
    'analytics.reportSuite': 'demo',
  },
}

/** Something to begin with, for each endpoint; the event's time is in seconds, which is what most get wrong. */
export const sampleEvents = {
  sessions: written(start),
  events: written({
    eventType: 'ping',
    playerTime: { playhead: 10, ts: 1_750_000_010 },
    qoeData: { 'media.qoe.bitrate': '3200' },
  }),
  downloaded: written([
    { ...start, params: { ...start.params, 'media.downloaded': true } },
    { eventType: 'play', playerTime: { playhead: 0, ts: 1_750_000_000_500 } },
    { eventType: 'sessionEnd', playerTime: { playhead: 59, ts: 1_750_000_060_000 } },
  ]),
} as const

function written(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
