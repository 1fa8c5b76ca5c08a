import { type Fault, FaultCode } from '@playhead/protocol'
import { reportSuitesOf } from '../session/reportSuites.ts'

/** Who may open sessions. An empty list admits everyone. */
export interface Admission {
  /** Values of `visitor.marketingCloudOrgId`. */
  readonly orgIds: readonly string[]
  /** Values of `analytics.reportSuite`; of several, comma separated, each has to be listed. */
  readonly reportSuites: readonly string[]
  /**
   * Origins of web pages. It keeps other people's pages out and nothing else: apps send no `Origin` and are admitted,
   * for whatever is no browser could claim any.
   */
  readonly origins: readonly string[]
}

const orgIdKey = 'visitor.marketingCloudOrgId'
const reportSuiteKey = 'analytics.reportSuite'

/** Why a session is not admitted; empty when it is. Its events are not asked again. */
export function findAdmissionFaults(
  { orgIds, reportSuites, origins }: Admission,
  start: unknown,
  origin: string | undefined,
): Fault[] {
  const faults: Fault[] = []
  const { [orgIdKey]: orgId, [reportSuiteKey]: suites } = paramsOf(start)
  if (orgIds.length > 0 && !(typeof orgId === 'string' && orgIds.includes(orgId))) {
    faults.push(notListed(FaultCode.orgNotAllowed, orgIdKey, orgId))
  }
  const named = reportSuitesOf(suites)
  if (
    reportSuites.length > 0 &&
    !(named.length > 0 && named.every((suite) => reportSuites.includes(suite)))
  ) {
    faults.push(notListed(FaultCode.reportSuiteNotAllowed, reportSuiteKey, suites))
  }
  if (origins.length > 0 && origin !== undefined && !origins.includes(origin)) {
    const message = `Pages of the origin ${shown(origin)} may not open sessions here.`
    faults.push({ code: FaultCode.originNotAllowed, pointer: '', message })
  }
  return faults
}

function notListed(code: FaultCode, key: string, value: unknown): Fault {
  const what = typeof value === 'string' ? `with the ${key} ${shown(value)}` : `without ${key}`
  return { code, pointer: `/params/${key}`, message: `Sessions ${what} are not taken here.` }
}

function paramsOf(start: unknown): Readonly<Record<string, unknown>> {
  const { params } = start as { readonly params?: unknown }
  return typeof params === 'object' && params !== null ? (params as Record<string, unknown>) : {}
}

/** As JSON, cut where it is long: whatever a stranger has sent. */
function shown(text: string): string {
  return JSON.stringify(text.length > 128 ? `${text.slice(0, 127)}…` : text)
}
