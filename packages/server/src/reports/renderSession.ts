import {
  adBreakDimensions,
  adDimensions,
  adMetrics,
  chapterDimensions,
  chapterMetrics,
  contentTypeMissing,
  sessionDimensions,
  sessionMetrics,
} from '@playhead/protocol'
import type { Row } from '../projection/rows/row.ts'
import type { Explanation } from './explain.ts'
import type { ReadSession } from './readSession.ts'
import { type Faces, putAt, renderValues, toSeconds } from './renderValues.ts'
import { type SessionHead, sessionHead, timeOf } from './sessionHead.ts'

/** `GET /reporting/v1/sessions/{sid}`: a session and everything that was made of it. */
export interface SessionReport extends Faces {
  readonly session: SessionHead
  readonly ads: readonly PartReport[]
  readonly chapters: readonly PartReport[]
  /** There when the session's custom metadata are too long to be repeated in each ad and chapter: these have their own alone. */
  readonly isSessionMetadataOnce?: true
  readonly states: readonly StateReport[]
  readonly diagnostics: readonly Row[]
  /** The members of the events, with `seq`, `receivedAt` (epoch milliseconds) and `raw`, the text; only when asked for. */
  readonly events?: readonly Row[]
  /** There when events were asked for, and some or all of them are not kept any more. */
  readonly areEventsGone?: boolean
  /** Where each figure comes from; only when asked for. */
  readonly explanation?: Explanation
}

/** One ad, or one chapter. Times are the device's clock, set right by what it was ahead of the server's. */
export interface PartReport extends Faces {
  /** 1 for the first one of the session. */
  readonly ordinal: number
  readonly startedAt: string | null
  readonly closedAt: string | null
}

/** One player state over the session. */
export interface StateReport {
  readonly name: string
  readonly isSet: true
  readonly count: number
  /** Seconds. */
  readonly time: number
}

/**
 * Characters of a session's custom metadata, repeated in all its ads and chapters, that are written in one report. A
 * session of a hundred ads with 2 KB of them stays far below.
 */
const repeatedCharsMax = 4_194_304

const adDefinitions = [...adBreakDimensions, ...adDimensions, ...adMetrics]
const chapterDefinitions = [...chapterDimensions, ...chapterMetrics]

/** Kinds of Analytics hits: those of a session's close and of chapters, and those of ads. */
const contentHit = 'video'
const adHit = 'videoAd'

export function renderSession(read: ReadSession): SessionReport {
  const { session, ads, chapters, diagnostics, events, areEventsGone, explanation } = read
  const isTyped = /\S/.test((session['content_type'] ?? '') as string)
  const content = { ...session, ...(!isTyped && { content_type: contentTypeMissing }) }
  const faces = renderValues([...sessionDimensions, ...sessionMetrics], content)
  const states = statesOf(session)
  putDerived(faces, session, states)
  putMetadata(faces, session)
  // A start has none, and an open session has not been reported yet.
  if (session['status'] === 'closed') putHit(faces, contentHit)
  const clockAheadMs = Number(session['clock_ahead_ms'])
  const shared = metadataOf(session)
  const isTooMuch = JSON.stringify(shared).length * (ads.length + chapters.length) > repeatedCharsMax
  const withShared = (row: Row): Row =>
    isTooMuch ? row : { ...row, custom_metadata: { ...shared, ...metadataOf(row) } }
  return {
    session: sessionHead(session),
    ...faces,
    ads: ads.map((ad) => part(withShared(ad), adDefinitions, adHit, clockAheadMs)),
    chapters: chapters.map((chapter) =>
      part(withShared(chapter), chapterDefinitions, contentHit, clockAheadMs),
    ),
    ...(isTooMuch && { isSessionMetadataOnce: true as const }),
    states,
    diagnostics: diagnostics.map(diagnostic),
    ...(events && {
      events: events.map(({ seq, received_at: receivedAt, body }) => ({
        ...JSON.parse(body),
        seq,
        receivedAt,
        raw: body,
      })),
    }),
    ...(areEventsGone && { areEventsGone }),
    ...(explanation && { explanation }),
  }
}

/** What has no column of its own under the name it is reported by. */
function putDerived(
  { contextData, mediaReporting }: Faces,
  session: Row,
  states: readonly StateReport[],
): void {
  contextData['a.media.vsid'] = session['sid']
  putAt(mediaReporting, 'sessionDetails.ID', session['sid'])
  if (session['content_id'] !== null) contextData['a.media.path'] = session['content_id']
  const genres = session['genre_list']
  if (Array.isArray(genres) && genres.length > 0) putAt(mediaReporting, 'sessionDetails.genreList', genres)
  for (const { name, count, time } of states) {
    const variable = `a.media.states.${name.toLowerCase()}`
    contextData[`${variable}.set`] = true
    contextData[`${variable}.count`] = count
    contextData[`${variable}.time`] = time
  }
  if (states.length > 0) mediaReporting['states'] = states
}

function part(
  row: Row,
  definitions: Parameters<typeof renderValues>[0],
  hit: string,
  clockAheadMs: number,
): PartReport {
  const trueTime = (ts: unknown) => timeOf(typeof ts === 'number' ? ts - clockAheadMs : null)
  const faces = renderValues(definitions, row)
  putMetadata(faces, row)
  putHit(faces, hit)
  return {
    ordinal: Number(row['ordinal']),
    startedAt: trueTime(row['started_ts']),
    closedAt: trueTime(row['closed_ts']),
    ...faces,
  }
}

function metadataOf(row: Row): Record<string, unknown> {
  return { ...(row['custom_metadata'] as Record<string, unknown> | undefined) }
}

/** Custom metadata; an ad and a chapter have the session's too, their own values first. */
function putMetadata({ contextData, mediaReporting }: Faces, row: Row): void {
  const metadata = Object.entries(metadataOf(row))
  for (const [key, value] of metadata) contextData[`c.${key}`] = value
  if (metadata.length > 0)
    mediaReporting['customMetadata'] = metadata.map(([name, value]) => ({ name, value }))
}

/** Which kind of hit a report is, as XDM has it. */
function putHit({ mediaReporting }: Faces, hit: string): void {
  putAt(mediaReporting, 'sessionDetails.pev3', hit)
  putAt(mediaReporting, 'sessionDetails.pccr', true)
}

function statesOf(session: Row): StateReport[] {
  const states = session['states'] as readonly { name: string; count: number; time_ms: number }[]
  return states.map(({ name, count, time_ms: timeMs }) => ({
    name,
    isSet: true,
    count,
    time: toSeconds(timeMs),
  }))
}

function diagnostic(row: Row): Row {
  const { seq, code, pointer, message, expected, got, hint } = row
  const known = Object.entries({ expected, got, hint }).filter(([, value]) => value !== null)
  return { seq, eventType: row['event_type'], code, pointer, message, ...Object.fromEntries(known) }
}
