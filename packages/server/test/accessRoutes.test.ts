import { ProblemCode } from '@playhead/protocol'
import { expect, test } from 'vitest'
import { createAccess } from '../src/auth/access.ts'
import { readConfig } from '../src/config.ts'
import { createHttpServer, type HttpParts } from '../src/http/server/httpServer.ts'
import { createLogger } from '../src/logger.ts'

/** What everyone may ask for: players, probes of machines, the dashboard's files, and the way in. */
const isPublic = (url: string): boolean =>
  /^\/api\/v1\/|^\/(healthz|readyz|login|logout|openapi\.json)$/.test(url) || isOfDashboard(url)
const isOfDashboard = (url: string): boolean =>
  /^\/((overview|content|ads|chapters|quality|states|sessions|health|try)(\/\*)?|index\.html|assets\/.*)?$/.test(
    url,
  )

test('every route that is not meant for all needs a token, with a base path and without', async () => {
  const nothing = (): never => {
    throw new Error('nobody who has no token may come so far')
  }
  const config = readConfig({})
  const app = createHttpServer({
    ingest: { openSession: nothing, takeEvent: nothing, takeDownload: nothing },
    reportsFor: nothing,
    live: { listen: nothing, close: nothing },
    isStopping: () => false,
    health: nothing,
    exposition: { contentType: 'text/plain', text: nothing },
    onUnmatched: nothing,
    observer: { requestBegan() {}, requestEnded() {}, refused() {} },
    access: createAccess({
      book: { tokens: [], isTokenNeeded: true, find: () => undefined },
      key: Buffer.alloc(32),
      now: Date.now,
    }),
    config: {
      ...config,
      basePath: '/va',
      limits: { ...config.limits, clientRateMaxPerS: 0, clientRateMaxBytesPerS: 0 },
    },
    log: createLogger('silent'),
  } satisfies HttpParts)
  const routes: { method: string; url: string }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url })
  })
  await app.ready()
  const bare = (url: string): string => url.replace(/^\/va(?=\/|$)/, '') || '/'
  const guarded = routes.filter(({ url }) => !isPublic(bare(url)))
  for (const { method, url } of guarded) {
    const { statusCode, headers, body } = await app.inject({
      method: method as 'GET',
      url: url.replaceAll(/:\w+/g, 'x'),
    })
    expect([method, url, statusCode]).toEqual([method, url, 401])
    expect(headers['www-authenticate']).toBe('Bearer realm="playhead"')
    expect(headers['cache-control']).toBe('no-store')
    if (method !== 'HEAD') expect(JSON.parse(body).errors[0].code).toBe(ProblemCode.tokenMissing)
  }
  const paths = new Set(guarded.map(({ url }) => url))
  for (const path of [
    'sessions',
    'sessions/:sid',
    'query',
    'catalog',
    'live',
    'diagnostics',
    'validate',
    'refusals',
    'access',
  ]) {
    expect(paths).toContain(`/reporting/v1/${path}`)
    expect(paths).toContain(`/va/reporting/v1/${path}`)
  }
  await app.close()
})
