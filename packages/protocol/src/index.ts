export type { CustomMetadata } from './collection/customMetadata.ts'
export { Endpoint } from './collection/Endpoint.ts'
export type { CollectionEvent, CollectionEventOf } from './collection/eventSchemas.ts'
export { EventType, eventTypes, isEventType } from './collection/EventType.ts'
export type { Problem } from './collection/Problem.ts'
export { problemCatalogue, type ProblemEntry } from './collection/problemCatalogue.ts'
export { ProblemCode } from './collection/ProblemCode.ts'
export { problemsMax } from './collection/ProblemList.ts'
export {
  type DownloadEndpoint,
  DownloadProblems,
  findDownloadProblems,
  findListedProblems,
} from './collection/findDownloadProblems.ts'
export { findBodyProblems } from './collection/findBodyProblems.ts'
export { findProblems } from './collection/findProblems.ts'
export { type JsonPath, toPointer, toText } from './collection/JsonPath.ts'
export { clip } from './collection/renderValue.ts'
export { editsBetween, nearestKey } from './collection/nearestKey.ts'
export { type Parameter, parameterTable } from './collection/parameterTable.ts'
export { daySeconds, isLiveContentType } from './collection/playheadRule.ts'
export { type PlayerTime, tsMaxMs, tsMinMs } from './collection/playerTime.ts'
export { openApi } from './openapi/openApi.ts'
export { publishedSchema } from './collection/publishedSchema.ts'
export type { QoeData } from './collection/qoeData.ts'
export { ValidationPolicy } from './collection/ValidationPolicy.ts'
export * from './reporting/index.ts'
/** For other schemas that `findBodyProblems` is to check. */
export { type Static, Type } from 'typebox'
export { accepted, refused, type Accepted, type Refused, type Result } from './Result.ts'
