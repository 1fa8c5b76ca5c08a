import { type Problem, ProblemCode } from '@playhead/protocol'
import { reportSuitesOf } from '@playhead/engine'

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
export function findAdmissionProblems(
  { orgIds, reportSuites, origins }: Admission,
  start: unknown,
  origin: string | undefined,
): Problem[] {
  const problems: Problem[] = []
  const { [orgIdKey]: orgId, [reportSuiteKey]: suites } = paramsOf(start)
  if (orgIds.length > 0 && !(typeof orgId === 'string' && orgIds.includes(orgId))) {
    problems.push(notListed(ProblemCode.orgNotAllowed, orgIdKey, orgId))
  }
  const named = reportSuitesOf(suites)
  if (
    reportSuites.length > 0 &&
    !(named.length > 0 && named.every((suite) => reportSuites.includes(suite)))
  ) {
    problems.push(notListed(ProblemCode.reportSuiteNotAllowed, reportSuiteKey, suites))
  }
  if (origins.length > 0 && origin !== undefined && !origins.includes(origin)) {
    const message = `Pages of the origin ${shown(origin)} may not open sessions here.`
    problems.push({ code: ProblemCode.originNotAllowed, pointer: '', message })
  }
  return problems
}

function notListed(code: ProblemCode, key: string, value: unknown): Problem {
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
