import { until } from './server/until.ts'

/** What a session report has that tests look at. */
export interface Report {
  readonly session: {
    readonly id: string
    readonly status: string
    readonly closeCause: string | null
    readonly isProvisional: boolean
  }
  readonly contextData: Readonly<Record<string, unknown>>
  readonly mediaReporting: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly ads: readonly Part[]
  readonly chapters: readonly Part[]
  readonly states: readonly { readonly name: string; readonly count: number; readonly time: number }[]
  readonly diagnostics: readonly { readonly code: string; readonly pointer: string; readonly seq: number }[]
  readonly events?: readonly {
    readonly seq: number
    readonly receivedAt: number
    readonly eventType: string
    readonly playerTime: { readonly playhead: number; readonly ts: number }
  }[]
}

export interface Part {
  readonly contextData: Readonly<Record<string, unknown>>
}

/** A `sessionStart` that every policy accepts. */
export function startBody(ts: number = Date.now(), params: Readonly<Record<string, unknown>> = {}): object {
  return {
    playerTime: { playhead: 0, ts },
    eventType: 'sessionStart',
    params: {
      'analytics.trackingServer': 'example.com',
      'analytics.reportSuite': 'suite',
      'visitor.marketingCloudOrgId': 'org@AdobeOrg',
      'media.id': 'content',
      'media.length': 100,
      'media.contentType': 'vod',
      'media.playerName': 'player',
      'media.channel': 'channel',
      ...params,
    },
  }
}

export function eventBody(eventType: string, ts: number, playhead: number, members: object = {}): object {
  return { playerTime: { playhead, ts }, eventType, ...members }
}

/** POST a body as JSON. */
export function post(url: string, body: object | string | Buffer): Promise<Response> {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = isRaw ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body)
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: bytes })
}

/** Open a session; resolves with the path of its id, as the `Location` header has it. */
export async function openSession(url: string, body: object = startBody()): Promise<string> {
  const response = await post(`${url}/api/v1/sessions`, body)
  if (response.status !== 201) throw new Error(`the start got ${response.status}: ${await response.text()}`)
  return response.headers.get('location') ?? ''
}

/** Open a session with the first body and send it the others, one after the other as SDKs do. */
export async function play(url: string, [start = {}, ...events]: readonly object[]): Promise<string> {
  const location = await openSession(url, start)
  for (const event of events) {
    const response = await post(`${url}${location}/events`, event)
    if (response.status !== 204)
      throw new Error(`${JSON.stringify(event)} got ${response.status}: ${await response.text()}`)
  }
  return location.split('/').at(-1) ?? ''
}

/** The report of a session as soon as the store has it, and it is what is waited for. */
export function reportOf(
  url: string,
  sid: string,
  isIt: (report: Report) => boolean,
  query = '',
  patienceMs?: number,
): Promise<Report> {
  const look = async (): Promise<Report | undefined> => {
    const response = await fetch(`${url}/reporting/v1/sessions/${sid}${query}`)
    if (response.status !== 200) return undefined
    const report = (await response.json()) as Report
    return isIt(report) ? report : undefined
  }
  return until(`the report of session ${sid}`, look, patienceMs)
}

export function isClosed(report: Report): boolean {
  return report.session.status === 'closed'
}
