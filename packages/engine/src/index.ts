export { noDeliveries, remember, type Deliveries } from './deliveries.ts'
export { replayDownload, replayDownloadInSteps } from './download.ts'
export { eventsMax } from './eventsMax.ts'
export type { Fact } from './fact.ts'
export { clipToJsonBytes, jsonBytesOf } from './jsonBytes.ts'
export {
  listed,
  type Booking,
  type Cause,
  type CountedMetric,
  type Moment,
  type Step,
  type Viewing,
} from './ledger.ts'
export {
  beginLife,
  deadlineOf,
  isAfterEnd,
  prolong,
  readArrival,
  type Arrival,
  type Life,
  type Timeouts,
} from './life.ts'
export type {
  AdBreak,
  Chapter,
  Clipped,
  Dimensions,
  EventCommon,
  EventDetail,
  MediaEvent,
  Metadata,
  PlainEventType,
  PlayerError,
  QualityUpdate,
  SessionStart,
  StatesChange,
} from './mediaEvent.ts'
export { WarningCode, clockWarnings, warningTexts, type Warning } from './warning.ts'
export { positionOf } from './playhead.ts'
export { ListClock } from './readList.ts'
export { nextChangeMs, passTime, receive } from './receive.ts'
export { startReplay, type Replay, type Replayed } from './replay.ts'
export { reportSuitesOf } from './reportSuites.ts'
export type { SessionRules } from './rules.ts'
export type { ClosedAd, ClosedChapter, OpenAd, OpenChapter, SessionState, StartEvent } from './state.ts'
export type { Outcome } from './step.ts'
export { rulesVersion, summarise, type Close, type SessionSummary } from './summary.ts'
export type { Watched } from './watched.ts'
