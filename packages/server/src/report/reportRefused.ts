import { ClickHouseError } from '@clickhouse/client'
import { type Fault, FaultCode } from '@playhead/protocol'
import type { StoreReader } from '../store/store.ts'

/** A report that the store would not work out to the end. */
export class ReportRefused extends Error {
  override readonly name = 'ReportRefused'
  readonly fault: Fault

  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.message, options)
    this.fault = fault
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
    const fault = error instanceof ClickHouseError ? faultOf(error.code) : undefined
    throw fault === undefined ? error : new ReportRefused(fault, { cause: error })
  }
}

function faultOf(code: string): Fault | undefined {
  const fault = (of: FaultCode, message: string): Fault => ({ code: of, pointer: '', message })
  if (tooSlow.has(code)) return fault(FaultCode.reportTimeout, 'The report took longer than it may.')
  if (tooLarge.has(code))
    return fault(
      FaultCode.reportTooLarge,
      'The report needs more memory, or has more rows, than it may have.',
    )
  if (tooMany.has(code)) return fault(FaultCode.storeUnavailable, 'Too many reports are being worked out.')
  return undefined
}
