export * from './catalog.ts'
export * from './customMetadataKeys.ts'
export * from './live.ts'
export * from './panels.ts'
export * from './health.ts'
export * from './query.ts'
export * from './refusals.ts'
export * from './sessionReport.ts'
export * from './validation.ts'
export {
  filter,
  type Filter,
  type FilterOperator,
  filterOperators,
  granularities,
  type Granularity,
} from './reportRange.ts'
