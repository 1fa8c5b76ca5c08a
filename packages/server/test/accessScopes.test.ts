import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventBody, openSession, post, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { bearer, tokenCommand } from '@playhead/testing/server/token.ts'
import { until } from '@playhead/testing/server/until.ts'

const apiToken = 'a'.repeat(32)
const sessions = '/reporting/v1/sessions'

describe('a token for some report suites', () => {
  const folder = temporaryDataDir()
  let server: Server
  let tv: string
  const sids = { tv: '', radio: '' }

  beforeAll(async () => {
    const { path } = await folder
    tv = await tokenCommand(path, 'add', '--name', 'tv', '--suites', 'tv')
    server = await startServer(path, { PLAYHEAD_API_TOKEN: apiToken })
    for (const suite of ['tv', 'radio'] as const) {
      const location = await openSession(server.url, named(suite))
      sids[suite] = location.split('/').at(-1) ?? ''
      const events = `${server.url}${location}/events`
      const nowMs = Date.now()
      const ad = {
        params: {
          'media.ad.id': `${suite}-ad`,
          'media.ad.length': 5,
          'media.ad.playerName': suite,
          'media.ad.podPosition': 1,
        },
      }
      const pod = {
        params: {
          'media.ad.podFriendlyName': `${suite}-pod`,
          'media.ad.podIndex': 0,
          'media.ad.podSecond': 0,
        },
      }
      const chapter = {
        params: {
          'media.chapter.index': 1,
          'media.chapter.offset': 0,
          'media.chapter.length': 60,
          'media.chapter.friendlyName': `${suite}-chapter`,
        },
      }
      for (const [type, members] of [
        ['play', {}],
        ['adBreakStart', pod],
        ['adStart', ad],
        ['adComplete', {}],
        ['adBreakComplete', {}],
        ['chapterStart', chapter],
        ['play', { qoeData: { odd: `${suite}-odd` } }],
      ] as const) {
        const answer = await post(events, eventBody(type, nowMs, 0, members))
        expect([type, answer.status]).toEqual([type, 204])
      }
      // Refused: a start that names its suite, and an event of the session.
      await post(`${server.url}/api/v1/sessions`, { ...named(suite), playerTime: {} })
      await post(events, { eventType: `${suite}-nonsense`, playerTime: { playhead: 0, ts: nowMs } })
    }
    await post(`${server.url}/api/v1/sessions`, '"radio-refusal of nobody')
    await until('both sessions', async () => {
      const response = await fetch(server.url + sessions, bearer(apiToken))
      return response.ok && ((await response.json()) as { sessions: unknown[] }).sessions.length === 2
    })
    // One more of each stays open, for the live view. They start before the others end: were it
    // after, a minute could end in between, and no minute would have seen all four.
    for (const suite of ['tv', 'radio'] as const) await openSession(server.url, named(suite))
    const [ended] = await Promise.all(
      Object.values(sids).map((sid) =>
        post(`${server.url}/api/v1/sessions/${sid}/events`, eventBody('sessionEnd', Date.now(), 100)),
      ),
    )
    expect(ended?.status).toBe(204)
    await until('their ends', async () => {
      const text = await (await fetch(server.url + sessions, bearer(apiToken))).text()
      return text.split('"closed"').length === 3
    })
  })
  afterAll(async () => {
    await server?.stop()
    await (await folder).remove()
  })

  function named(suite: string): object {
    return startBody(Date.now(), {
      'analytics.reportSuite': suite,
      'media.id': `${suite}-content`,
      'media.name': `${suite}-title`,
      'media.playerName': `${suite}-player`,
      'media.channel': `${suite}-channel`,
    })
  }

  const range = { from: '2026-01-01', to: '2099-01-01' }
  const day = () => ({
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
  })
  const asks: Record<string, () => readonly [string, object?]> = {
    list: () => [sessions],
    'list that names the other suite': () => [`${sessions}?reportSuite=radio&q=radio`],
    'the other session': () => [`${sessions}/${sids.radio}?events=1&explain=1`],
    diagnostics: () => ['/reporting/v1/diagnostics'],
    query: () => [
      '/reporting/v1/query',
      {
        ...range,
        metrics: ['mediaStarts'],
        dimensions: ['contentId', 'contentName', 'playerName', 'reportSuite'],
      },
    ],
    'query of ads': () => ['/reporting/v1/query', { ...range, metrics: ['adStarts'], dimensions: ['adId'] }],
    'query of chapters': () => [
      '/reporting/v1/query',
      { ...range, metrics: ['chapterStarts'], dimensions: ['chapterName'] },
    ],
    'query with a filter for the other suite': () => [
      '/reporting/v1/query',
      {
        ...range,
        metrics: ['mediaStarts'],
        dimensions: ['reportSuite'],
        filters: [{ dimension: 'reportSuite', operator: 'equals', values: ['radio'] }],
      },
    ],
    csv: () => [
      '/reporting/v1/query',
      { ...range, metrics: ['mediaStarts'], dimensions: ['contentName'], format: 'csv' },
    ],
    parquet: () => [
      '/reporting/v1/query',
      { ...range, metrics: ['mediaStarts'], dimensions: ['contentName'], format: 'parquet' },
    ],
    'average minute audience': () => [
      '/reporting/v1/panels/average-minute-audience',
      { ...range, per: 'content' },
    ],
  }

  test.each(Object.keys(asks))(
    '%s: tells nothing of other suites, which a token for all is told',
    async (name) => {
      const [path, body] = asks[name]?.() ?? ['']
      const ask = async (token: string): Promise<string> => {
        const { headers } = bearer(token)
        const options =
          body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
        const response = await fetch(server.url + path, options)
        const text = await response.text()
        if (response.status !== 404) expect([response.status, text]).toEqual([200, expect.anything()])
        return text
      }
      expect(await ask(apiToken)).toContain('radio')
      expect(await ask(tv)).not.toContain('radio')
      if (!name.includes('other')) expect(await ask(tv)).toContain('tv')
    },
  )

  test.each(['concurrent', 'time-spent', 'starts-by-time-of-day', 'retention'])(
    'the panel %s counts its suites alone',
    async (panel) => {
      const ask = async (token: string): Promise<number> => {
        const own =
          panel === 'retention'
            ? { contentId: 'radio-content', by: 'session' }
            : panel === 'concurrent'
              ? { by: 'session' }
              : {}
        const response = await fetch(`${server.url}/reporting/v1/panels/${panel}`, {
          ...bearer(token),
          method: 'POST',
          body: JSON.stringify({ ...day(), ...own }),
        })
        const answer = (await response.json()) as Record<string, unknown>
        if (panel === 'retention') return answer['viewers'] as number
        if (panel === 'concurrent') return (answer['total'] as { max: number }).max
        if (panel === 'time-spent') return (answer['total'] as { sum: number }).sum
        return (answer['rows'] as { mediaStarts: number }[]).reduce(
          (all, { mediaStarts }) => all + mediaStarts,
          0,
        )
      }
      await until('the sessions that are open', async () => {
        const response = await fetch(server.url + sessions, bearer(apiToken))
        return ((await response.json()) as { sessions: unknown[] }).sessions.length === 4
      })
      const [all, some] = [await ask(apiToken), await ask(tv)]
      if (panel === 'time-spent') expect([some > 0, some < all]).toEqual([true, true])
      else expect([all, some]).toEqual(panel === 'retention' ? [1, 0] : [4, 2])
    },
  )

  test('the live view shows its sessions and refusals, and no figures of the whole', async () => {
    const look = async (token: string): Promise<string> => {
      const live = await fetch(`${server.url}/reporting/v1/live`, bearer(token))
      const reader = live.body?.getReader()
      const first = await reader?.read()
      await reader?.cancel()
      return new TextDecoder().decode(first?.value)
    }
    const [all, some] = [await look(apiToken), await look(tv)]
    for (const sign of ['tv-content', 'radio-content', 'radio-nonsense', 'tv-nonsense', 'of nobody'])
      expect(all).toContain(sign)
    expect(some).toContain('tv-content')
    expect(some).toContain('"code":"missing_member"')
    expect(some).not.toContain('radio')
    expect(some).toContain('"total":1')
    expect(some).toContain('"eventsPerSecond":null,"refusalsPerSecond":null')
  })

  test('its own session it is told whole; how the server is, not', async () => {
    const own = await fetch(`${server.url}${sessions}/${sids.tv}?events=1`, bearer(tv))
    expect(await own.text()).toContain('tv-odd')
    expect(await (await fetch(`${server.url}/readyz`, bearer(tv))).json()).toEqual({ status: 'ready' })
    const metrics = await fetch(`${server.url}/metrics`, bearer(tv))
    expect([metrics.status, await metrics.text()]).toEqual([
      403,
      expect.stringContaining('scope_insufficient'),
    ])
    expect((await fetch(`${server.url}/metrics`, bearer(apiToken))).status).toBe(200)
  })
})
