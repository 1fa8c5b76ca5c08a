import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { adMetrics, chapterMetrics, findProblems, sessionMetrics } from '@playhead/protocol'
import { describe, expect, test } from 'vitest'
import { fingerprintOf, normalise, normaliseDownload } from 'playhead/src/events/normalise.ts'
import {
  type Fact,
  passTime,
  receive,
  replayDownload,
  type SessionRules,
  type SessionState,
  type SessionSummary,
} from '@playhead/engine'
import {
  allTimelines,
  arrivalsOf,
  asWritten,
  bodiesOf,
  type ClosedBy,
  type ExpectedPart,
  type ExpectedState,
  type Timeline,
  timelinesFolder,
} from './readTimeline.ts'

const rules: SessionRules = {
  timeouts: { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 },
  reorderWindowMs: 5000,
  areSeekedMarkersSkipped: false,
}
/** Sunday, 15 June 2025, 15:06:40 UTC. */
const startTsMs = 1_750_000_000_000
/** When lists come in: after the last of them has ended, by its own clock. */
const uploadedAtMs = startTsMs + 365 * 86_400_000

const timelines = allTimelines()

describe.each(timelines.map((timeline) => [timeline.title, timeline] as const))('%s', (_, timeline) => {
  test('gives the result that its page says', () => {
    expect(outcomeOf(timeline)).toEqual(expectedOutcome(timeline))
  })

  const { resultOfWatched } = timeline
  if (resultOfWatched !== undefined) {
    test('gives its other markers where those leapt over are left out', () => {
      expect(outcomeOf(timeline, undefined, { ...rules, areSeekedMarkersSkipped: true })).toEqual(
        expectedOutcome({ ...timeline, result: resultOfWatched }),
      )
    })
  }

  test('gives the same with a millisecond between the events of one moment', () => {
    // Half an hour of media time less some milliseconds is one stream and not two.
    const result = timeline.result.filter(({ metric }) => metric.id !== 'estimatedStreams')
    const spreadOut = spread({ ...timeline, result })
    expect(outcomeOf(spreadOut)).toEqual(expectedOutcome(spreadOut))
  })

  test('gives the same when its state is written down and read back after every event', () => {
    const reread = (state: SessionState) => JSON.parse(JSON.stringify(state)) as SessionState
    expect(run(timeline, reread)).toEqual(run(timeline))
    expect(outcomeOf(timeline, reread)).toEqual(expectedOutcome(timeline))
  })

  test(`sends what the ${timeline.policy} policy accepts`, () => {
    const isDownloaded = timeline.session['media.downloaded'] === true
    for (const [nth, body] of bodiesOf(timeline, startTsMs).entries()) {
      const endpoint = nth === 0 ? 'sessions' : 'events'
      const codes = findProblems(body, timeline.policy, endpoint).map(({ code }) => code)
      expect(codes, JSON.stringify(body)).toEqual(isDownloaded && nth === 0 ? ['downloaded_needs_array'] : [])
    }
  })
})

test('the table of README.md names every timeline, by its title', () => {
  const readme = readFileSync(join(timelinesFolder, 'README.md'), 'utf8')
  const named = [...readme.matchAll(/^\| \[(.+?)\]\((.+?\.md)\)/gm)].map(
    ([, title, file]) => `${file}: ${title}`,
  )
  expect(named.toSorted()).toEqual(timelines.map(({ file, title }) => `${file}: ${title}`).toSorted())
})

/** What a timeline leads to, in the words of its page, so that a difference can be read. */
interface Outcome {
  readonly closedBy: ClosedBy
  readonly metrics: Readonly<Record<string, string>>
  readonly ads: readonly ExpectedPart[]
  readonly chapters: readonly ExpectedPart[]
  readonly states: readonly ExpectedState[]
  /** Kinds of the reports other than those of ads and chapters. */
  readonly reports: readonly string[]
  readonly adsStarted: readonly string[]
  /** Codes of its warnings, each once; undefined where the page does not say. */
  readonly warnings: readonly string[] | undefined
}

function expectedOutcome({ closedBy, result, ads, chapters, states, warnings }: Timeline): Outcome {
  return {
    closedBy,
    metrics: Object.fromEntries(result.map(({ metric, text }) => [metric.title, text])),
    ads,
    chapters,
    states,
    reports: ['sessionStarted', 'sessionClosed'],
    adsStarted: ads.map(({ name }) => name),
    warnings: warnings?.toSorted(),
  }
}

type Reread = (state: SessionState) => SessionState

function outcomeOf(timeline: Timeline, reread?: Reread, by?: SessionRules): Outcome {
  const { facts, warnings } = run(timeline, reread, by)
  const last = facts.at(-1)
  if (last?.kind !== 'sessionClosed') throw new Error('the session was not closed')
  const { session } = last
  return {
    closedBy: closingOf(session),
    metrics: Object.fromEntries(
      timeline.result.map((expected) => {
        const { id, kind } = expected.metric
        return [expected.metric.title, asWritten(expected, valueOf(session, id, kind === 'duration'))]
      }),
    ),
    ads: facts.flatMap((fact) =>
      fact.kind === 'adClosed' ? partOf(String(fact.ad.ad.dimensions['media.ad.id']), fact.ad) : [],
    ),
    chapters: facts.flatMap((fact) =>
      fact.kind === 'chapterClosed' ? partOf(String(fact.chapter.chapter.index), fact.chapter) : [],
    ),
    states: session.state.states.map(({ name, count, timeMs }) => ({
      name,
      count,
      timeS: toSeconds(timeMs),
    })),
    reports: facts.map(({ kind }) => kind).filter((kind) => kind.startsWith('session')),
    adsStarted: facts.flatMap((fact) =>
      fact.kind === 'adStarted' ? String(fact.ad.ad.dimensions['media.ad.id']) : [],
    ),
    warnings: timeline.warnings && warnings.toSorted(),
  }
}

/** Run a timeline through the engine, each event arriving when its page says; silence after it is waited for. */
function run(timeline: Timeline, reread: Reread = (state) => state, by = rules): Run {
  if (timeline.closedBy === 'end of list') {
    const [start, ...events] = normaliseDownload(bodiesOf(timeline, startTsMs))
    const list = [start.event, events.map(({ event }) => event)] as const
    return asRun([replayDownload('sid', list, by, uploadedAtMs)])
  }
  const outcomes: Outcomes = []
  let known: SessionState | undefined
  for (const [nth, { atMs, body }] of arrivalsOf(timeline, startTsMs).entries()) {
    const fingerprint = fingerprintOf(JSON.stringify(body))
    const event = normalise({ seq: nth + 1, receivedAtMs: atMs, fingerprint }, body)
    const outcome = receive(known, 'sid', event, by)
    outcomes.push(outcome)
    known = outcome.state && deepFreeze(reread(outcome.state))
  }
  if (known !== undefined) outcomes.push(passTime(known, Number.POSITIVE_INFINITY, by))
  return asRun(outcomes)
}

interface Run {
  readonly facts: readonly Fact[]
  readonly warnings: readonly string[]
}

type Outcomes = {
  readonly facts: readonly Fact[]
  readonly warnings: readonly { readonly code: string }[]
}[]

function asRun(outcomes: Outcomes): Run {
  const codes = outcomes.flatMap(({ warnings }) => warnings.map(({ code }) => code))
  return { facts: outcomes.flatMap(({ facts }) => facts), warnings: [...new Set(codes)] }
}

/** A state that the engine writes to, though it must not, throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}

/**
 * The timeline with a millisecond more for each event that has the time of the one before it. Whole seconds
 * must stay as they are; in a fraction the milliseconds show in the fourth decimal, so three are compared.
 */
function spread(timeline: Timeline): Timeline {
  let extraMs = 0
  const events = timeline.events.map((event, nth) => {
    extraMs = event.atMs === timeline.events[nth - 1]?.atMs ? extraMs + 1 : 0
    return { ...event, atMs: event.atMs + extraMs }
  })
  const result = timeline.result.map(({ metric, text }) => ({
    metric,
    text: text.replace(/^\d\.\d{4}$/, toThreeDecimals),
  }))
  const warnings = timeline.warnings?.filter((code) => code !== 'equal_ts')
  return { ...timeline, events, result, warnings }
}

function closingOf({ close }: SessionSummary): ClosedBy {
  switch (close?.cause) {
    case 'idle':
      return 'silence'
    case 'still':
      return 'stillness'
    case 'age':
    case 'sessionEnd':
      return close.cause
    case 'downloaded':
      return 'end of list'
    case undefined:
      throw new Error('a closed session without a close')
  }
}

function valueOf(
  { metrics }: SessionSummary,
  id: (typeof sessionMetrics)[number]['id'],
  isDuration: boolean,
) {
  const value = metrics[id]
  return isDuration && typeof value === 'number' ? toSeconds(value) : value
}

function partOf(
  name: string,
  part: { startedTsMs: number; closedTsMs: number; timePlayedMs: number; isCompleted: boolean },
): ExpectedPart {
  return {
    name,
    startedS: toSeconds(part.startedTsMs - startTsMs),
    closedS: toSeconds(part.closedTsMs - startTsMs),
    timeSpentS: toSeconds(part.timePlayedMs),
    isCompleted: part.isCompleted,
  }
}

function toThreeDecimals(text: string): string {
  return Number(text).toFixed(3)
}

function toSeconds(ms: number): number {
  return Math.round(ms / 1000)
}

describe('each metric has a page at its boundary, which says what it comes to there', () => {
  const readme = readFileSync(join(timelinesFolder, 'README.md'), 'utf8')
  const pages = [...readme.matchAll(/^\| \[.+?\]\((.+?\.md)\) +\|.*?\| (.*?) *\|$/gm)]
    .flatMap(([, file = '', metrics = '']) => metrics.split(', ').map((metric) => ({ file, metric })))
    .filter(({ metric }) => metric !== '')
  const textOf = (file: string): string => readFileSync(join(timelinesFolder, file), 'utf8')
  const parts = [
    ...adMetrics.map(({ title }) => [title, '### Ads'] as const),
    ...chapterMetrics.map(({ title }) => [title, '### Chapters'] as const),
    // Ids of a pod and a chapter are made of others: nothing is counted.
  ].filter(([title]) => title !== 'Ad pod' && title !== 'Chapter')
  const known = [...sessionMetrics.map(({ title }) => [title, `| ${title} `] as const), ...parts]

  test.each(known)('%s', (title, line) => {
    const files = pages.filter(({ metric }) => metric === title).map(({ file }) => file)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      // An ad outside a break is none, and so is its table.
      if (file !== 'ad-outside-a-break.md') expect(textOf(file)).toContain(line)
    }
  })

  test('and no page is at the boundary of anything else', () => {
    const titles = new Set<string>(known.map(([title]) => title))
    expect(pages.map(({ metric }) => metric).filter((metric) => !titles.has(metric))).toEqual([])
  })
})
