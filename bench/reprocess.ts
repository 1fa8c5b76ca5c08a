/**
 * How many archived events a second one core takes through normalise and the engine, as `playhead reprocess` runs
 * them: sessions of about 60 events, each with two ads, three chapters, a pause, a buffering, player states and
 * quality data. Prints figures and judges nothing: machines differ.
 *
 *   npm run bench:reprocess
 */
import { type ArchivedEvent, replayArchive } from 'playhead/dist/projection/archive/replayArchive.js'
import { sessionRows } from 'playhead/dist/projection/archive/sessionRows.js'

const sessionCount = 2000
const rounds = 7
const rules = {
  timeouts: { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 },
  reorderWindowMs: 5000,
  areSeekedMarkersSkipped: false,
}

const sessions = Array.from({ length: sessionCount }, (_, nth) => sessionOf(nth))
const eventCount = sessions.reduce((sum, events) => sum + events.length, 0)
const bytes = sessions.flat().reduce((sum, { body }) => sum + body.length, 0)
console.log(
  `${sessionCount} sessions of ${eventCount / sessionCount} events, ${Math.round(bytes / eventCount)} bytes each`,
)

measure('parse alone', (_sid, events) => {
  for (const { body } of events) JSON.parse(body)
})
measure('normalise and engine', (sid, events) => {
  replayArchive(sid, events, rules)
})
measure('with rows', (sid, events) => {
  const replay = replayArchive(sid, events, rules)
  if (replay) sessionRows(replay)
})
measure('with a ledger', (sid, events) => {
  replayArchive(sid, events, { ...rules, keepsLedger: true })
})

/** Projection time, so that what else the machine does counts for less; the best and the middle of several rounds. */
function measure(what: string, run: (sid: string, events: readonly ArchivedEvent[]) => void): void {
  const rates: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage()
    for (const [nth, events] of sessions.entries()) run(`session-${nth}`, events)
    const { user, system } = process.cpuUsage(before)
    rates.push(eventCount / ((user + system) / 1e6))
  }
  rates.sort((a, b) => a - b)
  const [middle = 0, best = 0] = [rates[Math.floor(rounds / 2)], rates.at(-1)]
  console.log(`${what}: ${thousands(middle)} events/s, at best ${thousands(best)}`)
}

function thousands(rate: number): string {
  return Math.round(rate).toLocaleString('en-US')
}

function sessionOf(nth: number): ArchivedEvent[] {
  const events: ArchivedEvent[] = []
  let atMs = 1_750_000_000_000 + nth * 1000
  let playhead = 0
  const send = (eventType: string, more: object = {}): void => {
    const body = JSON.stringify({ playerTime: { playhead, ts: atMs }, eventType, ...more })
    events.push({ seq: nth * 100 + events.length + 2, received_at: atMs + 20 + ((nth * 7) % 50), body })
  }
  const play = (pings: number): void => {
    for (let ping = 0; ping < pings; ping += 1) {
      atMs += 10_000
      playhead += 10
      send('ping', { qoeData: { 'media.qoe.bitrate': 1500 + ping * 100, 'media.qoe.droppedFrames': ping } })
    }
  }
  const pass = (ms: number): void => {
    atMs += ms
  }

  send('sessionStart', {
    params: startParams(nth),
    customMetadata: { genre: 'drama', segment: `s${nth % 9}` },
  })
  send('adBreakStart', {
    params: { 'media.ad.podFriendlyName': 'pre', 'media.ad.podIndex': 0, 'media.ad.podSecond': 0 },
  })
  for (const position of [1, 2]) {
    send('adStart', { params: adParams(position) })
    pass(10_000)
    send('ping')
    pass(5000)
    send('adComplete')
  }
  send('adBreakComplete')
  send('play', { qoeData: { 'media.qoe.bitrate': 1500, 'media.qoe.timeToStart': 900 } })
  for (const index of [1, 2, 3]) {
    send('chapterStart', { params: chapterParams(index) })
    play(13)
    send('stateStart', { params: { 'media.state.name': 'mute' } })
    pass(1000)
    playhead += 1
    send(index === 1 ? 'bufferStart' : 'pauseStart')
    pass(3000)
    send('play')
    send('stateEnd', { params: { 'media.state.name': 'mute' } })
    send(index === 3 ? 'chapterSkip' : 'chapterComplete')
  }
  send('sessionComplete')
  send('sessionEnd')
  return events
}

function startParams(nth: number): object {
  return {
    'analytics.trackingServer': 'stats.example.com',
    'analytics.reportSuite': 'bench',
    'analytics.enableSSL': true,
    'visitor.marketingCloudOrgId': 'PLAYHEAD@AdobeOrg',
    'visitor.marketingCloudUserId': `viewer-${nth}`,
    'media.id': `film-${nth % 500}`,
    'media.name': 'A film to measure with',
    'media.length': 400,
    'media.contentType': 'vod',
    'media.streamType': 'video',
    'media.playerName': 'bench-player',
    'media.channel': 'bench',
    'media.sdkVersion': 'bench 1.0',
    'media.show': 'A show',
    'media.season': '1',
    'media.episode': '2',
    'media.genre': 'drama,thriller',
  }
}

function adParams(position: number): object {
  return {
    'media.ad.id': `ad-${position}`,
    'media.ad.name': `Ad ${position}`,
    'media.ad.length': 15,
    'media.ad.podPosition': position,
    'media.ad.playerName': 'bench-player',
    'media.ad.advertiser': 'An advertiser',
  }
}

function chapterParams(index: number): object {
  return {
    'media.chapter.index': index,
    'media.chapter.offset': index * 130,
    'media.chapter.length': 130,
    'media.chapter.friendlyName': `Chapter ${index}`,
  }
}
