import {
  type Problem,
  ProblemCode,
  type Filter,
  type Granularity,
  granularities,
  accepted,
  refused,
  type Result,
} from '@playhead/protocol'
import type { Static, TSchema } from 'typebox'
import { type Buckets, bucketsOf, stepMs } from '../query/buckets.ts'
import { queryProblems, soundMembers } from '../query/queryProblems.ts'
import { type Range, rangeProblem, type RangeRequest, readRange } from '../query/range.ts'
import { resolveFilters, type Scope } from '../query/resolveQuery.ts'

/** What a panel is asked for, and over which sessions. */
export interface Panel<Request> extends Scope {
  readonly request: Request
  readonly range: Range
}

/** What every panel is asked with. */
interface PanelRequest extends RangeRequest {
  readonly filters?: Filter[]
  readonly segments?: string[]
}

/** Read the request of a panel, or say all that is wrong with it. */
export function resolvePanel<Schema extends TSchema>(
  schema: Schema,
  body: unknown,
): Result<Panel<Static<Schema>>> {
  const problems = queryProblems(schema, body)
  const request = soundMembers<PanelRequest>(body, problems)
  const range = readRange(request, problems)
  const filters = resolveFilters(request, problems)
  for (const { dimension, pointer } of filters) {
    if (dimension.scope === 'session') continue
    const message = `${dimension.id} is known of ${dimension.scope}s only, a panel is about sessions.`
    problems.push({ code: ProblemCode.reportMismatch, pointer, message })
  }
  if (problems.length > 0 || range === undefined) return refused(problems)
  return accepted({ request: body as Static<Schema>, range, filters })
}

/** Intervals of a panel: as many as a screen can show, where they are not asked for. */
const intervalsByDefault = 1440
/** Intervals of a panel at most: all of them are in the answer. */
export const panelIntervalsMax = 10_000

/** The intervals of a panel: those asked for, or the finest ones that are not too many. */
export function panelBuckets(
  asked: Granularity | undefined,
  range: Range,
  finest: Granularity,
  problems: Problem[],
): Buckets | undefined {
  const least = granularities.indexOf(finest)
  if (asked !== undefined) {
    if (granularities.indexOf(asked) < least) {
      problems.push({
        code: ProblemCode.reportMismatch,
        pointer: '/granularity',
        message: `The shortest intervals of this panel are ${finest}, got ${asked}.`,
        expected: `one of ${granularities.slice(least).join(', ')}`,
        hint: 'Leave granularity out, and the finest intervals are chosen that are not too many.',
      })
      return undefined
    }
    if (intervalsOf(asked, range) <= panelIntervalsMax) return bucketsOf(asked, range, problems)
    problems.push(
      rangeProblem('/granularity', `The range has more than ${panelIntervalsMax} intervals of a ${asked}.`),
    )
    return undefined
  }
  const fitting = granularities.slice(least).find((each) => intervalsOf(each, range) <= intervalsByDefault)
  return bucketsOf(fitting ?? 'month', range, problems)
}

/** About as many; days and longer ones are never too many to count. */
function intervalsOf(granularity: Granularity, { fromMs, toMs }: Range): number {
  return (
    (toMs - fromMs) /
    (stepMs[granularity] ?? { week: 604_800_000, month: 2_592_000_000 }[granularity as 'week'] ?? 86_400_000)
  )
}

export function rangeOfAnswer({ zone, fromMs, toMs }: Range) {
  return { from: zone.iso(fromMs), to: zone.iso(toMs), timeZone: zone.name }
}
