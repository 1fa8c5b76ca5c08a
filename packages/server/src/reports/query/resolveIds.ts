import {
  type CalculatedMetric,
  calculatedMetrics,
  type Problem,
  ProblemCode,
  reportDimensions,
  reportMetrics,
  type ReportDimension,
  type ReportMetric,
  type Segment,
  segments,
  stateMetrics,
} from '@playhead/protocol'
import { nearestIds } from './nearestIds.ts'

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
const oneOf = new Intl.ListFormat('en-GB', { type: 'disjunction' })
/** Longest key of custom metadata that can be asked for, characters, an emoji being one: as ClickHouse counts. */
export const keyCharsMax = 256
const metadataKey = new RegExp(`^c\\.(.{1,${keyCharsMax}})$`, 'su')
/** Unknown ids of a request that are answered with what is near them; a query of them alone must not hold up others. */
const proposalsMax = 10

export function resolveMetric(id: string, pointer: string, problems: Problem[]): Metric | undefined {
  const metric = metricById.get(id)
  if (metric) return { kind: 'plain', id, metric }
  const calculated = calculatedById.get(id)
  if (calculated) {
    const { reportedAt } = calculated
    const find = (part: string): ReportMetric[] => {
      const found = metricById.get(part)
      return found === undefined ? [] : [{ ...found, reportedAt: reportedAt ?? found.reportedAt }]
    }
    const [by] = find(calculated.by)
    const of = calculated.of.split('-').flatMap(find)
    if (by === undefined) throw new Error(`${id} is divided by nothing`)
    return { kind: 'calculated', id, metric: calculated, of, by }
  }
  const [, name, leaf] = stateMetric.exec(id) ?? []
  if (name !== undefined && (leaf === 'set' || leaf === 'count' || leaf === 'time'))
    return { kind: 'state', id, name, leaf }
  const nearest = () =>
    /^states?(\.|$)/.test(id)
      ? formsOfState(id)
      : nearestIds(id, [...reportMetrics, ...calculatedMetrics, ...stateMetrics])
  problems.push(unknownId('metric', id, pointer, proposed(problems, nearest)))
  return undefined
}

export function resolveDimension(id: string, pointer: string, problems: Problem[]): Dimension | undefined {
  const dimension = dimensionById.get(id)
  if (dimension) return dimension
  const [, key] = metadataKey.exec(id) ?? []
  if (key !== undefined) {
    const rule = 'Custom metadata.'
    return { id, title: key, rule, scope: 'session', type: 'text', column: 'custom_metadata', key }
  }
  const nearest = () => (id.startsWith('c.') ? ['c.<key>'] : nearestIds(id, reportDimensions))
  problems.push(unknownId('dimension', id, pointer, proposed(problems, nearest)))
  return undefined
}

export function resolveSegment(id: string, pointer: string, problems: Problem[]): Segment | undefined {
  const segment = segmentById.get(id)
  if (segment === undefined) {
    const problem = unknownId(
      'segment',
      id,
      pointer,
      proposed(problems, () => nearestIds(id, segments)),
    )
    // They are few enough to name them all.
    problems.push({ ...problem, expected: `one of ${segments.map((each) => each.id).join(', ')}` })
  }
  return segment
}

/** What is near an unknown id, while there are not too many such ids already. */
function proposed(problems: readonly Problem[], nearest: () => readonly string[]): readonly string[] {
  const unknown = problems.filter(({ code }) => code === ProblemCode.reportIdUnknown)
  return unknown.length < proposalsMax ? nearest() : []
}

/** What can be asked of the state that `states.mute`, `states.mute.total` or `state.mute.set` names. */
function formsOfState(id: string): string[] {
  const [, name = '<name>'] = /^states?\.(.{1,64}?)(\.[^.]*)?$/su.exec(id) ?? []
  return ['set', 'count', 'time'].map((leaf) => `states.${name}.${leaf}`)
}

function unknownId(kind: string, id: string, pointer: string, nearest: readonly string[]): Problem {
  return {
    code: ProblemCode.reportIdUnknown,
    pointer,
    message: `There is no ${kind} ${JSON.stringify(id.slice(0, 64))}.`,
    expected: `id of a ${kind} in GET /reporting/v1/catalog`,
    ...(nearest.length > 0 && { hint: `did you mean ${oneOf.format(nearest)}?` }),
  }
}
