import { type Static, type TProperties, Type } from 'typebox'
import { customMetadata } from './customMetadata.ts'
import { EventType } from './EventType.ts'
import { ProblemCode } from './ProblemCode.ts'
import { adBreakParameters, adParameters } from './parameters/adParameters.ts'
import { analyticsParameters } from './parameters/analyticsParameters.ts'
import { chapterParameters } from './parameters/chapterParameters.ts'
import { contentMetadataParameters } from './parameters/contentMetadataParameters.ts'
import { contentParameters } from './parameters/contentParameters.ts'
import { errorParameters } from './parameters/errorParameters.ts'
import { qoeParameters } from './parameters/qoeParameters.ts'
import { stateParameters, statesUpdateParameters } from './parameters/stateParameters.ts'
import { visitorParameters } from './parameters/visitorParameters.ts'
import { playerTime } from './playerTime.ts'
import { qoeData } from './qoeData.ts'

const sessionStartParameters = {
  ...analyticsParameters,
  ...visitorParameters,
  ...contentParameters,
  ...contentMetadataParameters,
}

/**
 * The shape of each event under the policy `documented`; the other policies are made from it
 * (`schemaForPolicy`). Closed at the top and in `playerTime`; `params` and `qoeData` are open. What no schema
 * can say is in `playheadRule` and `statesRule`.
 */
export const eventSchemas = {
  sessionStart: withParams(EventType.sessionStart, sessionStartParameters),
  play: withoutParams(EventType.play),
  ping: withoutParams(EventType.ping),
  pauseStart: withoutParams(EventType.pauseStart),
  bufferStart: withoutParams(EventType.bufferStart),
  bitrateChange: withoutParams(EventType.bitrateChange),
  error: withOptionalParams(EventType.error, errorParameters),
  sessionComplete: withoutParams(EventType.sessionComplete),
  sessionEnd: withoutParams(EventType.sessionEnd),
  adBreakStart: withParams(EventType.adBreakStart, adBreakParameters),
  adBreakComplete: withoutParams(EventType.adBreakComplete),
  adStart: withParams(EventType.adStart, adParameters),
  adComplete: withoutParams(EventType.adComplete),
  adSkip: withoutParams(EventType.adSkip),
  chapterStart: withParams(EventType.chapterStart, chapterParameters),
  chapterComplete: withoutParams(EventType.chapterComplete),
  chapterSkip: withoutParams(EventType.chapterSkip),
  stateStart: withParams(EventType.stateStart, stateParameters),
  stateEnd: withParams(EventType.stateEnd, stateParameters),
  statesUpdate: withParams(EventType.statesUpdate, statesUpdateParameters),
}

/** Any accepted event, told apart by `eventType`. */
export type CollectionEvent = {
  [T in EventType]: Static<(typeof eventSchemas)[T]>
}[EventType]

/** The event of one type. */
export type CollectionEventOf<T extends EventType> = Static<(typeof eventSchemas)[T]>

/** An event whose type nobody knows: its other members can still be checked. */
export const unknownEventSchema = Type.Object(
  {
    eventType: Type.String(),
    playerTime,
    params: Type.Optional(Type.Object({}, { additionalProperties: true })),
    qoeData: Type.Optional(qoeData),
    customMetadata: Type.Optional(customMetadata),
  },
  closed(),
)

function withParams<const T extends EventType, P extends TProperties>(type: T, parameters: P) {
  return Type.Object({ ...envelope(type), params: paramsOf(parameters) }, closed())
}

function withOptionalParams<const T extends EventType, P extends TProperties>(type: T, parameters: P) {
  return Type.Object({ ...envelope(type), params: Type.Optional(paramsOf(parameters)) }, closed())
}

/** Without parameters of its own: `params` may be left out, be empty, or carry quality of experience. */
function withoutParams<const T extends EventType>(type: T) {
  return withOptionalParams(type, {})
}

function paramsOf<P extends TProperties>(parameters: P) {
  return Type.Object(
    { ...parameters, ...qoeParameters },
    { description: 'Parameters of the event: flat, one key each.' },
  )
}

function envelope<const T extends EventType>(type: T) {
  return {
    eventType: Type.Unsafe<T>({ type: 'string', enum: [type] }),
    playerTime,
    qoeData: Type.Optional(qoeData),
    customMetadata: Type.Optional(customMetadata),
  }
}

function closed() {
  return { additionalProperties: false, problems: { additionalProperties: ProblemCode.unknownMember } }
}
