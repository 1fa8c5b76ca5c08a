export type { CustomMetadata } from './collection/customMetadata.ts'
export { Endpoint } from './collection/Endpoint.ts'
export type { CollectionEvent, CollectionEventOf } from './collection/eventSchemas.ts'
export { EventType, eventTypes, isEventType } from './collection/EventType.ts'
export type { Fault } from './collection/Fault.ts'
export { faultCatalogue, type FaultEntry } from './collection/faultCatalogue.ts'
export { FaultCode } from './collection/FaultCode.ts'
export { faultsMax } from './collection/FaultList.ts'
export {
  type DownloadEndpoint,
  DownloadFaults,
  findDownloadFaults,
  findListedFaults,
} from './collection/findDownloadFaults.ts'
export { findBodyFaults } from './collection/findBodyFaults.ts'
export { findFaults } from './collection/findFaults.ts'
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
/** For other schemas that `findBodyFaults` is to check. */
export { type Static, Type } from 'typebox'
