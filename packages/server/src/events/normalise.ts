import { crc32 } from 'node:zlib'
import {
  adBreakDimensions,
  adDimensions,
  chapterDimensions,
  type DimensionDefinition,
  isLiveContentType,
  sessionDimensions,
} from '@playhead/protocol'
import type {
  AdBreak,
  Arrival,
  Chapter,
  Dimensions,
  EventCommon,
  EventDetail,
  MediaEvent,
  Metadata,
  PlainEventType,
  PlayerError,
  QualityUpdate,
  SessionStart,
  StartEvent,
  StatesChange,
} from '@playhead/engine'
import { eventTextsMaxBytes, startTextsMaxBytes, TextRoom } from './textRoom.ts'

/** What the journal and the archive know of an event besides its body. */
export interface StoredEvent {
  readonly seq: number
  readonly receivedAtMs: number
  /** Of the body as it came over the wire; see `fingerprintOf`. */
  readonly fingerprint: number
}

/** Tells one body from another: CRC-32, which ClickHouse reckons too. */
export function fingerprintOf(body: Buffer | string): number {
  return crc32(body)
}

/**
 * Largest playhead that is reckoned with, milliseconds, either side of 0: beyond it numbers are no longer whole. What lies
 * beyond is accepted and archived as sent, and taken as the nearest bound.
 */
export const playheadMaxMs = 9e15

type Members = Readonly<Record<string, unknown>>

/** The part of an event that decides whether its session lives. */
export function arrivalOf(body: unknown, receivedAtMs: number): Arrival {
  const event = membersOf(body)
  const playerTime = membersOf(event['playerTime'])
  return {
    type: textIn(event, 'eventType') ?? '',
    receivedAtMs,
    tsMs: Math.round(numberIn(playerTime, 'ts') ?? 0),
    playheadMs: playheadMsOf(numberIn(playerTime, 'playhead') ?? 0),
  }
}

/** The event type of an accepted body, as sent. */
export function eventTypeOf(json: unknown): string {
  return textIn(membersOf(json), 'eventType') ?? ''
}

/** The report suite that an accepted start is for; empty where it names none. */
export function reportSuiteOf(start: unknown): string {
  return textIn(membersOf(membersOf(start)['params']), 'analytics.reportSuite') ?? ''
}

/** An event of a downloaded session, with the part of the list that it was. */
export interface ListedEvent<Event extends MediaEvent = MediaEvent> {
  readonly event: Event
  readonly body: Buffer
}

/**
 * Make the engine's events of an accepted list. They are numbered from 1 by their places in it, and take the device's
 * clock for their arrival: the session is reported at the time it happened.
 */
export function normaliseDownload(
  list: readonly unknown[],
): readonly [ListedEvent<StartEvent>, ...ListedEvent[]] {
  const [start, ...events] = list.map(normaliseListed)
  return [{ body: start?.body ?? Buffer.alloc(0), event: startOfList(start?.event) }, ...events]
}

/** The same of one of its events. */
export function normaliseListed(json: unknown, index: number): ListedEvent {
  const body = Buffer.from(JSON.stringify(json))
  const { tsMs } = arrivalOf(json, 0)
  const stored = { seq: index + 1, receivedAtMs: tsMs, fingerprint: fingerprintOf(body) }
  return { event: normalise(stored, json), body }
}

/** The first event of an accepted list, which is a downloaded session. */
export function startOfList(first: MediaEvent | undefined): StartEvent {
  if (first?.type !== 'sessionStart') throw new Error('a list without a sessionStart was accepted')
  return { ...first, start: { ...first.start, isDownloaded: true } }
}

/**
 * Make the engine's event of an accepted body, which parses to `json`. Values of another type than
 * documented, which only the lenient policy lets in, count as absent: nothing is coerced.
 */
export function normalise({ seq, receivedAtMs, fingerprint }: StoredEvent, json: unknown): MediaEvent {
  const event = membersOf(json)
  const params = membersOf(event['params'])
  const { type, tsMs, playheadMs } = arrivalOf(event, receivedAtMs)
  const common: EventCommon = {
    seq,
    receivedAtMs,
    tsMs,
    playheadMs,
    fingerprint,
    quality: qualityOf(params, membersOf(event['qoeData'])),
  }
  const room = new TextRoom(type === 'sessionStart' ? startTextsMaxBytes : eventTextsMaxBytes)
  // Where many events are run through again, to spread both into a third object costs as much as the rest.
  const made = Object.assign(common, detailOf(type, params, event, room))
  const { clipped } = room
  return clipped === undefined ? made : Object.assign(made, { clipped })
}

function detailOf(type: string, params: Members, event: Members, room: TextRoom): EventDetail {
  const metadata = (): Metadata => metadataOf(event['customMetadata'], room)
  switch (type) {
    case 'sessionStart':
      return { type, start: sessionStartOf(params, room, metadata) }
    case 'adBreakStart':
      return { type, adBreak: adBreakOf(params, room) }
    case 'adStart':
      return { type, ad: { dimensions: pick(adDimensions, params, room), metadata: metadata() } }
    case 'chapterStart':
      return { type, chapter: chapterOf(params, room, metadata) }
    case 'error':
      return { type, error: errorOf(params, membersOf(event['qoeData']), room) }
    case 'stateStart':
      return { type, states: { ended: [], started: stateNames([params], 'media.state.name', room) } }
    case 'stateEnd':
      return { type, states: { ended: stateNames([params], 'media.state.name', room), started: [] } }
    case 'statesUpdate':
      return { type, states: statesChangeOf(params, room) }
    default:
      return { type: isPlain(type) ? type : 'unknown' }
  }
}

function sessionStartOf(params: Members, room: TextRoom, metadata: () => Metadata): SessionStart {
  const length = numberIn(params, 'media.length')
  return {
    dimensions: pick(sessionDimensions, params, room),
    metadata: metadata(),
    lengthMs: lengthMsOf(length),
    isLive: isLiveContentType(textIn(params, 'media.contentType') ?? ''),
    isResume: params['media.resume'] === true,
    // Whatever media.downloaded says: a list is a downloaded session, and a start by itself is none.
    isDownloaded: false,
  }
}

function adBreakOf(params: Members, room: TextRoom): AdBreak {
  return { dimensions: pick(adBreakDimensions, params, room), index: numberIn(params, 'media.ad.podIndex') }
}

function chapterOf(params: Members, room: TextRoom, metadata: () => Metadata): Chapter {
  return {
    dimensions: pick(chapterDimensions, params, room),
    metadata: metadata(),
    index: numberIn(params, 'media.chapter.index'),
  }
}

/** The three shapes of an error, the documented one first; an empty id is none. */
function errorOf(params: Members, qoeData: Members, room: TextRoom): PlayerError {
  const id =
    textIn(params, 'media.errorId') ||
    textIn(qoeData, 'media.qoe.errorID') ||
    textIn(params, 'media.qoe.errorID')
  const source =
    textIn(params, 'media.errorSource') ??
    textIn(qoeData, 'media.qoe.errorSource') ??
    textIn(params, 'media.qoe.errorSource')
  return {
    id: id ? room.keepText('params', 'media.errorId', id) : undefined,
    source: source?.toLowerCase() === 'external' ? 'external' : 'player',
  }
}

function statesChangeOf(params: Members, room: TextRoom): StatesChange {
  return {
    ended: stateNames(listIn(params, 'statesEnd'), 'statesEnd', room),
    started: stateNames(listIn(params, 'statesStart'), 'statesStart', room),
  }
}

function stateNames(states: readonly unknown[], key: string, room: TextRoom): string[] {
  return states.flatMap((state) => {
    const name = textIn(membersOf(state), 'media.state.name')
    return (name && room.keepText('params', key, name)) || []
  })
}

/** Quality values belong into `qoeData`; some clients have them in `params`. */
function qualityOf(params: Members, qoeData: Members): QualityUpdate {
  if (params === none && qoeData === none) return noQuality
  const valueOf = (key: string): number | undefined =>
    quantityIn(Object.hasOwn(qoeData, key) ? qoeData : params, key)
  const bitrate = valueOf('media.qoe.bitrate')
  const droppedFrames = valueOf('media.qoe.droppedFrames')
  const framesPerSecond = valueOf('media.qoe.framesPerSecond')
  const timeToStart = valueOf('media.qoe.timeToStart')
  const quality: { -readonly [Key in keyof QualityUpdate]: QualityUpdate[Key] } = {}
  if (bitrate !== undefined) quality.bitrate = bitrate
  if (droppedFrames !== undefined) quality.droppedFrames = droppedFrames
  if (framesPerSecond !== undefined) quality.framesPerSecond = framesPerSecond
  if (timeToStart !== undefined) quality.timeToStartMs = timeToStart
  return quality
}

function pick(definitions: readonly DimensionDefinition[], params: Members, room: TextRoom): Dimensions {
  const dimensions: Record<string, string | number> = {}
  for (const { param, kind } of definitions) {
    const value = kind === 'number' ? numberIn(params, param) : textIn(params, param)
    if (typeof value === 'number' && room.keepNumber('params', param)) dimensions[param] = value
    const text = typeof value === 'string' ? room.keepText('params', param, value) : undefined
    if (text !== undefined) dimensions[param] = text
  }
  return dimensions
}

function metadataOf(value: unknown, room: TextRoom): Metadata {
  const kept: [string, string][] = []
  for (const [key, sent] of Object.entries(membersOf(value))) {
    const text = typeof sent === 'string' ? room.keepText('customMetadata', key, sent) : undefined
    if (text !== undefined) kept.push([key, text])
  }
  return Object.fromEntries(kept)
}

const plainTypes: ReadonlySet<string> = new Set<PlainEventType>([
  'play',
  'ping',
  'pauseStart',
  'bufferStart',
  'bitrateChange',
  'sessionComplete',
  'sessionEnd',
  'adBreakComplete',
  'adComplete',
  'adSkip',
  'chapterComplete',
  'chapterSkip',
])

function isPlain(type: string): type is PlainEventType {
  return plainTypes.has(type)
}

/** As sent, not rounded; below half a millisecond there is none. */
function lengthMsOf(seconds: number | undefined): number | undefined {
  const lengthMs = (seconds ?? 0) * 1000
  return Math.round(lengthMs) > 0 && Number.isFinite(lengthMs) ? lengthMs : undefined
}

function playheadMsOf(seconds: number): number {
  return Math.round(Math.min(Math.max(seconds * 1000, -playheadMaxMs), playheadMaxMs)) + 0
}

/** What is no object has no members. */
const none: Members = Object.freeze({})
const noQuality: QualityUpdate = Object.freeze({})

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : none
}

function listIn(members: Members, key: string): readonly unknown[] {
  const value = members[key]
  return Array.isArray(value) ? value : []
}

function textIn(members: Members, key: string): string | undefined {
  const value = members[key]
  return typeof value === 'string' ? value : undefined
}

/** JSON has a -0, which would not outlast being written down: 0 is 0. */
function numberIn(members: Members, key: string): number | undefined {
  const value = members[key]
  return typeof value === 'number' ? value + 0 : undefined
}

/** A quality value as sent; -1 stands for one that is not known. */
function quantityIn(members: Members, key: string): number | undefined {
  const value = numberIn(members, key)
  return value === -1 ? undefined : value
}
