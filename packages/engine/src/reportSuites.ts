/** The report suites that `analytics.reportSuite` names: one, or several with commas between them. */
export function reportSuitesOf(value: unknown): string[] {
  if (typeof value !== 'string') return []
  return value
    .split(',')
    .map((suite) => suite.trim())
    .filter((suite) => suite !== '')
}
