import { ClickHouseError } from '@clickhouse/client'
import { type Problem, ProblemCode } from '@playhead/protocol'
import type { StoreReader } from '../clickhouse/store.ts'

/** A report that the store would not work out to the end. */
export class ReportRefused extends Error {
  override readonly name = 'ReportRefused'
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options)
    this.problem = problem
  }
}

/** ClickHouse's codes for a statement that came to a bound of ours. */
const tooSlow: ReadonlySet<string> = new Set(['159', '160', '209'])
const tooLarge: ReadonlySet<string> = new Set(['158', '191', '241', '307', '396'])
const tooMany: ReadonlySet<string> = new Set(['202'])

/** A reader that throws `ReportRefused` in place of the errors of a statement that came to a bound. */
export function refusingAtBounds(reader: StoreReader): StoreReader {
  return {
    isNarrowed: reader.isNarrowed,
    query: (...statement) => refusing(reader.query(...statement)),
    export: (...statement) => refusing(reader.export(...statement)),
  }
}

async function refusing<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    const problem = error instanceof ClickHouseError ? problemOf(error.code) : undefined
    throw problem === undefined ? error : new ReportRefused(problem, { cause: error })
  }
}

function problemOf(code: string): Problem | undefined {
  const problem = (of: ProblemCode, message: string): Problem => ({ code: of, pointer: '', message })
  if (tooSlow.has(code)) return problem(ProblemCode.reportTimeout, 'The report took longer than it may.')
  if (tooLarge.has(code))
    return problem(
      ProblemCode.reportTooLarge,
      'The report needs more memory, or has more rows, than it may have.',
    )
  if (tooMany.has(code))
    return problem(ProblemCode.storeUnavailable, 'Too many reports are being worked out.')
  return undefined
}
