export {
  type DimensionDefinition,
  type MetricDefinition,
  type ValueDefinition,
  type ValueKind,
  columnOf,
} from './definition.ts'
export { sessionDimensions } from './sessionDimensions.ts'
export { adBreakDimensions, adDimensions } from './adDimensions.ts'
export { chapterDimensions } from './chapterDimensions.ts'
export { sessionMetrics } from './sessionMetrics.ts'
export { adMetrics } from './adMetrics.ts'
export { chapterMetrics } from './chapterMetrics.ts'
export {
  catalogue,
  contentTypeMissing,
  reportDimensions,
  reportMetrics,
  type ReportDimension,
  type ReportedAt,
  type ReportMetric,
  type Scope,
  type Segment,
} from './catalogue.ts'
export { type CalculatedMetric, calculatedMetrics } from './calculatedMetrics.ts'
export { dataFeedColumns } from './dataFeedColumns.ts'
export { stateMetrics } from './stateMetrics.ts'
export { significant, significantDigits } from './significant.ts'
export { segments } from './segments.ts'
export * from './api/index.ts'
export { sampleStart } from '../sampleStart.ts'
export { dayOf, dayOffsets, startOfDay } from '../calendar/days.ts'
export {
  type Offset,
  offsetText,
  type TimeZone,
  timeZone,
  utc,
  writtenAheadMs,
} from '../calendar/timeZone.ts'
