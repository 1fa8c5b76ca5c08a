/**
 * Play a worked session against a running server over HTTP, as a player would, and print what the server made of
 * it beside what it must be. A server that goes away meanwhile is waited for: an event without an answer is sent
 * again, and counts once.
 *
 *   npm run demo [-- URL [TIMELINE]]      default: http://127.0.0.1:8080, or the port that PLAYHEAD_PORT says;
 *                                         viewed-to-the-end
 *
 * Where reports need a token, PLAYHEAD_API_TOKEN says it.
 */
import { setTimeout as wait } from 'node:timers/promises'
import {
  asWritten,
  type ExpectedMetric,
  allTimelines,
  bodiesOf,
  type Timeline,
} from '@playhead/testing/timelines/readTimeline.ts'

/** How long the server may be away, and how long a session may take to be reported, milliseconds. */
const patienceMs = 30_000

interface Report {
  readonly session: { readonly status: string }
  readonly contextData: Readonly<Record<string, never>>
  readonly ads: readonly { readonly contextData: Readonly<Record<string, unknown>> }[]
  readonly chapters: readonly { readonly contextData: Readonly<Record<string, unknown>> }[]
}

const { PLAYHEAD_PORT: port = '8080', PLAYHEAD_API_TOKEN: token } = process.env
const [url = `http://127.0.0.1:${port}`, name = 'viewed-to-the-end'] = process.argv.slice(2)
try {
  if (!URL.canParse(url)) throw new Error(`${url} is not a URL; write http:// in front`)
  const timeline = allTimelines().find(({ file }) => file === `${name}.md`)
  if (timeline === undefined)
    throw new Error(`there is no timelines/${name}.md; see timelines/README.md for those there are`)
  const sid = await play(timeline)
  const report = await reportOf(sid)
  process.exitCode = print(timeline, report) ? 0 : 1
  process.stdout.write(`\nEvent by event, in the dashboard: ${url}/sessions/${sid}\n`)
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

/** Post the timeline's events one after the other, and end the session; answers its id. */
async function play(timeline: Timeline): Promise<string> {
  const { atMs = 0, playhead = 0 } = timeline.events.at(-1) ?? {}
  const startTsMs = Date.now() - atMs
  const bodies = bodiesOf(timeline, startTsMs)
  if (timeline.closedBy === 'end of list') return sidOf(await post(`${url}/api/v1/downloaded`, bodies))
  const [start, ...events] = bodies
  const end = { eventType: 'sessionEnd', playerTime: { playhead, ts: startTsMs + atMs } }
  const opened = await post(`${url}/api/v1/sessions`, start)
  const location = opened.headers.get('location') ?? ''
  process.stdout.write(`${timeline.title}\nsession ${location}\n`)
  for (const event of [...events, ...(timeline.closedBy === 'sessionEnd' ? [] : [end])]) {
    await post(`${url}${location}/events`, event)
    process.stdout.write('.')
  }
  process.stdout.write(` ${events.length + 1} events\n\n`)
  return sidOf(opened)
}

function sidOf(opened: Response): string {
  return opened.headers.get('location')?.split('/').at(-1) ?? ''
}

/** POST until there is an answer. Anything but success ends the demo. */
async function post(target: string, body: unknown): Promise<Response> {
  const response = await patiently(`${url} to answer`, async () => {
    const answer = await fetch(target, { method: 'POST', body: JSON.stringify(body) }).catch(() => undefined)
    return answer?.status === 503 ? undefined : answer
  })
  if (response.ok) return response
  throw new Error(`${JSON.stringify(body)} got ${response.status}: ${await response.text()}`)
}

/** The session's report, once it is closed. */
function reportOf(sid: string): Promise<Report> {
  return patiently(`session ${sid} to be reported`, async () => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const answer = await fetch(`${url}/reporting/v1/sessions/${sid}`, { headers }).catch(() => undefined)
    if (answer?.status === 401) throw new Error('reports need a token here: set PLAYHEAD_API_TOKEN')
    if (answer?.status !== 200) return undefined
    const report = (await answer.json()) as Report
    return report.session.status === 'closed' ? report : undefined
  })
}

async function patiently<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const answer = await attempt()
    if (answer !== undefined) return answer
    await wait(100)
  }
  throw new Error(
    `waited ${patienceMs / 1000} s in vain for ${what}; is the server running there? ` +
      'Another port is said by PLAYHEAD_PORT, another server by its URL: npm run demo -- http://…',
  )
}

/** Print expected and reported side by side; answers whether they agree. */
function print(timeline: Timeline, report: Report): boolean {
  // The timeline may end in silence; the demo ends it with sessionEnd, so nothing passes after the last event.
  const expected = timeline.result.map((line) =>
    line.metric.id === 'sinceLastCall' ? { ...line, text: '0' } : line,
  )
  const rows = expected.map((line) => ({
    title: line.metric.title,
    text: line.text,
    got: reported(line, report),
  }))
  for (const { ordinal, part, text, got } of partRows(timeline, report))
    rows.push({ title: `${part} ${ordinal}`, text, got })
  const width = Math.max(...rows.map(({ title }) => title.length))
  const rowText = (title: string, text: string, got: string): string =>
    `${title.padEnd(width)} ${text.padStart(18)} ${got.padStart(18)}`
  process.stdout.write(`${rowText('metric', 'expected', 'reported')}\n`)
  for (const { title, text, got } of rows) {
    process.stdout.write(`${rowText(title, text, got)}${text === got ? '' : '  DIFFERS'}\n`)
  }
  return rows.every(({ text, got }) => text === got)
}

function reported(expected: ExpectedMetric, { contextData }: Report): string {
  const { metric } = expected
  return asWritten(expected, 'contextData' in metric ? contextData[metric.contextData] : undefined)
}

/** Ads and chapters in order: seconds spent, and whether they were seen to their end. */
function partRows(
  timeline: Timeline,
  report: Report,
): { part: string; ordinal: number; text: string; got: string }[] {
  return (['ad', 'chapter'] as const).flatMap((part) => {
    const found = part === 'ad' ? report.ads : report.chapters
    const wanted = part === 'ad' ? timeline.ads : timeline.chapters
    return Array.from({ length: Math.max(found.length, wanted.length) }, (_, index) => {
      const [want, got] = [wanted[index], found[index]?.contextData]
      return {
        part,
        ordinal: index + 1,
        text: want ? said(want.timeSpentS, want.isCompleted) : 'none',
        got: got ? said(got[`a.media.${part}.timePlayed`], got[`a.media.${part}.complete`]) : 'none',
      }
    })
  })
}

function said(seconds: unknown, isCompleted: unknown): string {
  return `${String(seconds)} s${isCompleted === true ? ', completed' : ''}`
}
