import {
  type CalculatedMetric,
  calculatedMetrics,
  type Fault,
  FaultCode,
  nearestKey,
  reportDimensions,
  reportMetrics,
  type ReportDimension,
  type ReportMetric,
  type Segment,
  segments,
} from '@playhead/protocol'

/** A metric that a report is asked for. */
export type Metric =
  | { readonly kind: 'plain'; readonly id: string; readonly metric: ReportMetric }
  | {
      readonly kind: 'calculated'
      readonly id: string
      readonly metric: CalculatedMetric
      readonly of: readonly ReportMetric[]
      readonly by: ReportMetric
    }
  | {
      readonly kind: 'state'
      readonly id: string
      readonly name: string
      readonly leaf: 'set' | 'count' | 'time'
    }

/** A dimension that a report is asked for; of custom metadata it has a key. */
export interface Dimension extends ReportDimension {
  readonly key?: string
}

const metricById = new Map(reportMetrics.map((metric) => [metric.id, metric]))
const calculatedById = new Map(calculatedMetrics.map((metric) => [metric.id, metric]))
const dimensionById = new Map(reportDimensions.map((dimension) => [dimension.id, dimension]))
const segmentById = new Map(segments.map((segment) => [segment.id, segment]))

const stateMetric = /^states\.(.{1,64})\.(set|count|time)$/su
/** Longest key of custom metadata that can be asked for, characters. */
const keyCharsMax = 256

export function resolveMetric(id: string, pointer: string, faults: Fault[]): Metric | undefined {
  const metric = metricById.get(id)
  if (metric) return { kind: 'plain', id, metric }
  const calculated = calculatedById.get(id)
  if (calculated) {
    const by = metricById.get(calculated.by)
    const of = calculated.of.split('-').flatMap((each) => metricById.get(each) ?? [])
    if (by === undefined) throw new Error(`${id} is divided by nothing`)
    return { kind: 'calculated', id, metric: calculated, of, by }
  }
  const [, name, leaf] = stateMetric.exec(id) ?? []
  if (name !== undefined && (leaf === 'set' || leaf === 'count' || leaf === 'time'))
    return { kind: 'state', id, name, leaf }
  faults.push(unknownId('metric', id, pointer, [...metricById.keys(), ...calculatedById.keys()]))
  return undefined
}

export function resolveDimension(id: string, pointer: string, faults: Fault[]): Dimension | undefined {
  const dimension = dimensionById.get(id)
  if (dimension) return dimension
  const key = id.startsWith('c.') ? id.slice(2) : ''
  if (key !== '' && key.length <= keyCharsMax) {
    const rule = 'Custom metadata.'
    return { id, title: key, rule, scope: 'session', type: 'text', column: 'custom_metadata', key }
  }
  faults.push(unknownId('dimension', id, pointer, [...dimensionById.keys()]))
  return undefined
}

export function resolveSegment(id: string, pointer: string, faults: Fault[]): Segment | undefined {
  const segment = segmentById.get(id)
  if (segment === undefined) faults.push(unknownId('segment', id, pointer, [...segmentById.keys()]))
  return segment
}

function unknownId(kind: string, id: string, pointer: string, known: readonly string[]): Fault {
  const nearest = nearestKey(id, known) ?? known.find((each) => isPartOf(id, each))
  return {
    code: FaultCode.reportIdUnknown,
    pointer,
    message: `There is no ${kind} ${JSON.stringify(id.slice(0, 64))}.`,
    expected: `id of a ${kind} in GET /reporting/v1/catalog`,
    ...(nearest !== undefined && { hint: `did you mean ${nearest}?` }),
  }
}

/** `starts` for `mediaStarts`, `content_id` for `contentId`. */
function isPartOf(id: string, known: string): boolean {
  const [asked, there] = [id, known].map((text) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  if (asked === undefined || there === undefined || asked.length < 4) return false
  return there.includes(asked) || asked.includes(there)
}
