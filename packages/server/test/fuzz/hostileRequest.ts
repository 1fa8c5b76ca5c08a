import type { Random } from '@playhead/testing/simulator/random.ts'
import { anyDownload, anyEvent, anyStart } from './hostileEvent.ts'
import { hostileJson } from './hostileJson.ts'

/** A request as bytes, and what a client would have to know to read its answer. */
export interface HostileRequest {
  readonly bytes: Buffer
  /** What its answer means for the count of events; `other` never takes any. */
  readonly takes: Takes
  readonly isHead: boolean
  /** The server may close the connection behind it, and what was sent behind it is not answered. */
  readonly isLast: boolean
}

export type Takes =
  | { readonly kind: 'start' }
  | { readonly kind: 'event'; readonly sid: string }
  | { readonly kind: 'download'; readonly events: number }
  | { readonly kind: 'other' }

/** A well-framed request with anything in it. `sids` are sessions of this connection. */
export function hostileRequest(random: Random, sids: readonly string[], nowMs: number): HostileRequest {
  return random.weighted(kinds).make(random, sids, nowMs)
}

type Make = (random: Random, sids: readonly string[], nowMs: number) => HostileRequest

const kinds: readonly { readonly weight: number; readonly make: Make }[] = [
  { weight: 12, make: (random, _sids, nowMs) => startOf(random, JSON.stringify(anyStart(random, nowMs))) },
  {
    weight: 15,
    make: (random, _sids, nowMs) =>
      startOf(random, hostileJson(JSON.stringify(anyStart(random, nowMs)), random)),
  },
  {
    weight: 30,
    make: (random, sids, nowMs) => eventOf(random, sids, JSON.stringify(anyEvent(random, nowMs))),
  },
  {
    weight: 25,
    make: (random, sids, nowMs) =>
      eventOf(random, sids, hostileJson(JSON.stringify(anyEvent(random, nowMs)), random)),
  },
  { weight: 4, make: downloadOf },
  { weight: 3, make: (random) => framed(random, random.pick(methods), random.pick(paths), '') },
  {
    weight: 4,
    make: (random, _sids, nowMs) =>
      framed(
        random,
        'POST',
        `/reporting/v1/validate?${random.pick(['', 'endpoint=events', 'endpoint=sessions&policy=strict', 'policy=x'])}`,
        hostileJson(JSON.stringify(anyEvent(random, nowMs)), random),
      ),
  },
  { weight: 0.4, make: reportOf },
]

function startOf(random: Random, body: Buffer | string): HostileRequest {
  const path = random.pick([
    '/api/v1/sessions',
    '/api/v1/sessions',
    '//api/v1//sessions/',
    '/va/api/v1/sessions',
  ])
  // A list that says of itself that it is a download is taken here, too.
  return { ...framed(random, 'POST', path, body), takes: { kind: 'start' } }
}

function eventOf(random: Random, sids: readonly string[], body: Buffer | string): HostileRequest {
  const isReal = sids.length > 0 && random.chance(0.95)
  const sid = isReal ? random.pick(sids) : random.pick(forged)(sids[0] ?? '0'.repeat(64))
  const request = framed(random, 'POST', `/api/v1/sessions/${sid}/events`, body)
  return { ...request, takes: isReal ? { kind: 'event', sid } : { kind: 'other' } }
}

function downloadOf(random: Random, _sids: readonly string[], nowMs: number): HostileRequest {
  // Of its own time, so that no two are the same session.
  const list = anyDownload(random, nowMs - random.whole(1, 1e10))
  const path = random.pick(['/api/v1/sessions', '/api/v1/downloaded'])
  if (random.chance(0.6)) {
    const request = framed(random, 'POST', path, JSON.stringify(list))
    return { ...request, takes: { kind: 'download', events: list.length } }
  }
  const broken = hostileJson(JSON.stringify(list), random)
  return { ...framed(random, 'POST', path, broken), takes: { kind: 'download', events: lengthOf(broken) } }
}

function lengthOf(body: Buffer): number {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return Array.isArray(value) ? value.length : 0
  } catch {
    return 0
  }
}

function reportOf(random: Random): HostileRequest {
  const query = JSON.stringify({
    metrics: [random.pick(['mediaStarts', 'states.mute.count', "states.';--.time", 'averageMinuteAudience'])],
    dimensions: [random.pick(['contentName', "c.x'] OR 1=1 --", 'c.{p0:String}', 'hourOfDay', 'player'])],
    from: '2026-11-01',
    to: random.pick(['2026-12-01', '2026-11-02T00:00:00Z', '2026-11-01', "2026-12-01'"]),
    filters: [
      { dimension: 'contentName', operator: random.pick(['contains', 'equals', 'x']), values: ["\\'; --"] },
    ],
  })
  const body = random.chance(0.5) ? query : hostileJson(query, random)
  return framed(random, 'POST', random.pick(reportPaths), body)
}

const reportPaths = [
  '/reporting/v1/query',
  '/reporting/v1/panels/concurrent',
  '/reporting/v1/panels/retention',
  '/reporting/v1/panels/time-spent',
  '/reporting/v1/panels/starts-by-time-of-day',
]

const forged: readonly ((sid: string) => string)[] = [
  (sid) => sid.toUpperCase(),
  (sid) => sid.slice(1),
  (sid) => `${sid}0`,
  (sid) => sid.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  (sid) => sid.replace(/^./, 'f'),
  () => '__proto__',
  () => 'undefined',
  () => '%00',
  () => '%2e%2e',
  () => '%ff',
  () => "1'%20OR%20'1'='1",
  () => 'x'.repeat(5000),
  () => '%F0%9F%8E%AC',
]

const methods = [
  'GET',
  'GET',
  'HEAD',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'POST',
]

const paths = [
  '/',
  '//',
  '/..',
  '/%2e%2e/',
  '/%00',
  '/%',
  '/%zz',
  '/\\',
  '/a'.repeat(3000),
  '/api/v1/sessions',
  '/api/v1/downloaded',
  '/api/v1/schemas/play',
  '/api/v1/schemas/__proto__',
  '/api/v1/schemas/%0d%0aset-cookie:a',
  '/api/v1/sessions/x/events',
  '/healthz',
  '/readyz?x=%00',
  '/metrics',
  '/reporting/v1/sessions',
  '/reporting/v1/sessions?limit=1&limit=2',
  '/reporting/v1/sessions?limit=1&q=%27;--',
  '/reporting/v1/sessions?__proto__=1',
  '/reporting/v1/sessions?from=%00',
  '/reporting/v1/sessions?limit=1&c.%27%5D=x',
  '/reporting/v1/sessions/__proto__',
  '/reporting/v1/sessions/%27',
  '*',
  '/reporting/v1/catalog',
  '/reporting/v1/diagnostics?from=2026-02-30',
  'http://localhost/healthz',
  '//evil.example/x',
  'http://evil.example/api/v1/sessions',
  '/overview',
  '/overview/../../x',
  '/assets/../../../package.json',
  '/?a=b#c',
  '/api/v1/sessions/%F0%9F%8E%AC/events',
  '/api/v1/sessions;x=1',
  '/API/V1/SESSIONS',
  '/va',
  '/va/',
  '/va//healthz',
]

const oddHeaders = [
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: ;;',
  'Content-Type: \x80\xff',
  'Content-Encoding: gzip',
  'Content-Encoding: br',
  'Content-Encoding: deflate, identity',
  'Content-Encoding: gzip, gzip',
  'Content-Encoding: \x80, zstd',
  'Expect: 100-continue',
  'Expect: the-unexpected',
  'Origin: null',
  'Origin: https://evil.example',
  'Host: other',
  'X-Forwarded-For: 1.2.3.4, <script>',
  'X-Forwarded-Host: evil.example',
  'Forwarded: for=1',
  'X-Request-Id: a\tb',
  'Cookie: __proto__=1',
  'If-None-Match: *',
  'Range: bytes=0-0',
  'Accept: */*;q=\\',
  'Accept-Encoding: br;q=x',
  'Upgrade: websocket',
  'Upgrade-Insecure-Requests: 1',
  'Trailer: x',
  '__proto__: x',
  'constructor: y',
  'Te: trailers',
  `X-Long: ${'z'.repeat(4000)}`,
  'User-Agent: \x80"\\',
  'Authorization: Bearer x',
  'Connection: keep-alive, x',
]

function framed(random: Random, method: string, path: string, body: Buffer | string): HostileRequest {
  const bytes = Buffer.from(body)
  const isBodiless = bytes.length === 0 && random.chance(0.7)
  const isChunked = !isBodiless && random.chance(0.15)
  const isClosing = random.chance(0.005)
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    ...(random.chance(0.2) ? [random.pick(oddHeaders)] : []),
    ...(isBodiless ? [] : [isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes.length}`]),
    ...(isClosing ? ['Connection: close'] : []),
  ]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return {
    bytes: Buffer.concat([head, isChunked ? chunked(bytes, random) : bytes]),
    takes: { kind: 'other' },
    isHead: method === 'HEAD',
    isLast: isClosing || bytes.length > 65_536,
  }
}

function chunked(bytes: Buffer, random: Random): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const size = random.whole(1, 1 + random.pick([1, 100, bytes.length]))
    const piece = bytes.subarray(at, at + size)
    const extension = random.chance(0.1) ? ';x="y"' : ''
    parts.push(Buffer.from(`${piece.length.toString(16)}${extension}\r\n`), piece, Buffer.from('\r\n'))
    at += size
  }
  parts.push(Buffer.from(random.chance(0.1) ? '0\r\nX-Trailer: 1\r\n\r\n' : '0\r\n\r\n'))
  return Buffer.concat(parts)
}
