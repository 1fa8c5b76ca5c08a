import type { LiveNow } from '@playhead/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventBody, openSession, post, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server

beforeAll(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path, { PLAYHEAD_REORDER_WINDOW_MS: '0' })
})
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

/** Looks at the live view until it is stopped; `nows` is what it has been told, the latest last. */
async function look(): Promise<{ readonly nows: readonly LiveNow[]; readonly stop: () => Promise<void> }> {
  const leave = new AbortController()
  const response = await fetch(`${server.url}/reporting/v1/live`, { signal: leave.signal })
  const nows: LiveNow[] = []
  const read = async () => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) nows.push(JSON.parse(message.split('data: ')[1] ?? '') as LiveNow)
    }
  }
  const reading = read().catch(() => {})
  await until('the first message', async () => nows.length > 0)
  return {
    nows,
    async stop() {
      leave.abort()
      await reading
    },
  }
}

/** What the rates of all messages since the first come to. */
function total(nows: readonly LiveNow[], rate: 'eventsPerSecond' | 'refusalsPerSecond'): number {
  return nows.slice(1).reduce((sum, now, nth) => {
    const seconds = (Date.parse(now.at) - Date.parse(nows[nth]?.at ?? '')) / 1000
    return sum + seconds * (now[rate] ?? Number.NaN)
  }, 0)
}

describe('what is happening now', () => {
  const ts = Date.now()
  const after = (s: number, type: string, playhead: number, params?: object) =>
    eventBody(type, ts + s * 1000, playhead, params && { params })
  const aBreak = { 'media.ad.podFriendlyName': 'mid', 'media.ad.podIndex': 1, 'media.ad.podSecond': 1 }
  const anAd = {
    'media.ad.id': 'ad',
    'media.ad.length': 15,
    'media.ad.podPosition': 1,
    'media.ad.playerName': 'ads',
  }
  const play = after(0, 'play', 0)
  const ad = [play, after(1, 'adBreakStart', 1, aBreak), after(1, 'adStart', 1, anAd)]

  /** What is done, on what, by which player; what is said of it. */
  const sessions: readonly (readonly [string, string, readonly object[], string])[] = [
    ['news', 'tv', [play], 'playing'],
    ['news', 'tv', [play, after(1, 'pauseStart', 1), after(2, 'play', 1)], 'playing'],
    ['news', 'phone', [play, after(1, 'pauseStart', 1)], 'paused'],
    ['film', 'phone', [play, after(3, 'bufferStart', 3)], 'buffering'],
    ['film', 'tv', ad, 'ad'],
    ['film', 'tv', [...ad, after(2, 'pauseStart', 1)], 'paused'],
    ['news', 'tv', [...ad, after(9, 'adComplete', 1), after(9, 'adBreakComplete', 1)], 'playing'],
    ['song', 'web', [], 'waiting'],
    ['song', 'web', [play, after(5, 'sessionComplete', 5)], 'waiting'],
    ['song', 'gone', [play, after(5, 'sessionEnd', 5)], 'over'],
  ]

  test('is by state, by content and player, with the latest sessions and refusals', async () => {
    const paths: string[] = []
    for (const [content, player, events] of sessions) {
      const start = startBody(ts, {
        'media.id': content,
        'media.playerName': player,
        ...(content !== 'song' && { 'media.name': `The ${content}` }),
      })
      // oxlint-disable-next-line no-await-in-loop -- the latest is to be the last of them
      const path = await openSession(server.url, start)
      paths.push(path)
      for (const event of events)
        // oxlint-disable-next-line no-await-in-loop -- as a player sends them
        expect((await post(`${server.url}${path}/events`, event)).status).toBe(204)
    }
    const refused = { ...after(9, 'ping', 9), playerTime: { playhead: -1, ts } }
    expect((await post(`${server.url}${paths[0]}/events`, refused)).status).toBe(400)
    const { nows, stop } = await look()
    const open = sessions.filter(([, , , state]) => state !== 'over')
    const now = await until('nine open sessions', async () => {
      const latest = nows.at(-1)
      return latest?.concurrent.total === open.length && latest.refusals.length > 0 && latest
    })
    await stop()
    expect(now.concurrent).toEqual({ total: 9, playing: 3, ad: 1, paused: 2, buffering: 1, waiting: 2 })
    expect(now.content).toEqual([
      { id: 'news', name: 'The news', sessions: 4 },
      { id: 'film', name: 'The film', sessions: 3 },
      { id: 'song', name: 'song', sessions: 2 },
    ])
    expect(now.players.map(({ id, sessions: count }) => [id, count])).toEqual([
      ['tv', 5],
      ['phone', 2],
      ['web', 2],
    ])
    const ids = paths.map((path) => path.split('/').at(-1) ?? '')
    expect(now.sessions.map(({ id, activity }) => [id, activity])).toEqual(
      sessions
        .map(([, , , state], nth) => [ids[nth], state])
        .filter(([, state]) => state !== 'over')
        .toReversed(),
    )
    expect(now.refusals.map(({ sid, problems }) => [sid, problems.map(({ pointer }) => pointer)])).toEqual([
      [ids[0], ['/playerTime/playhead']],
    ])
  })

  test('comes to as many events and refusals as were sent, whoever else begins to look meanwhile', async () => {
    const path = await openSession(server.url)
    const send = async (count: number, playhead: number, status: number) => {
      for (let nth = 0; nth < count; nth += 1) {
        const body = eventBody('ping', ts + nth, playhead)
        // oxlint-disable-next-line no-await-in-loop -- as a player sends them
        expect((await post(`${server.url}${path}/events`, body)).status).toBe(status)
      }
    }
    const first = await look()
    const others: Awaited<ReturnType<typeof look>>[] = []
    for (let round = 0; round < 3; round += 1) {
      const heard = first.nows.length
      // oxlint-disable-next-line no-await-in-loop -- between two messages of the first
      await until('the next message', async () => first.nows.length > heard)
      // oxlint-disable-next-line no-await-in-loop -- as above
      await send(40, 0, 204)
      // oxlint-disable-next-line no-await-in-loop -- as above
      await send(10, -1, 400)
      // oxlint-disable-next-line no-await-in-loop -- as above
      others.push(await look())
    }
    const heard = first.nows.length
    await until('two more messages', async () => first.nows.length >= heard + 2)
    for (const { stop } of [first, ...others]) await stop()
    // Each message is rounded to a tenth.
    expect(Math.abs(total(first.nows, 'eventsPerSecond') - 120)).toBeLessThan(5)
    expect(Math.abs(total(first.nows, 'refusalsPerSecond') - 30)).toBeLessThan(5)
    const most = Math.max(...first.nows.map(({ eventsPerSecond }) => eventsPerSecond ?? 0))
    for (const { nows } of others)
      for (const { eventsPerSecond } of nows) expect(eventsPerSecond).toBeLessThanOrEqual(most)
  })
})
