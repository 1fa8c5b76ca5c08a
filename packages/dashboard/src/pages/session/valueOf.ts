import type { MetricDefinition } from '@playhead/protocol/reporting'
import type { SessionReport } from './sessionReport.ts'

/** A figure as it is reported, by whichever name it has there; `undefined` where it is not. */
export function valueOf(
  { contextData: variable, xdm }: Pick<MetricDefinition, 'contextData' | 'xdm'>,
  { contextData, mediaReporting }: Pick<SessionReport, 'contextData' | 'mediaReporting'>,
): unknown {
  if (variable !== undefined) return contextData[variable]
  return xdm?.split('.').reduce<unknown>(memberOf, mediaReporting)
}

function memberOf(object: unknown, name: string): unknown {
  return (object as Readonly<Record<string, unknown>> | undefined)?.[name]
}
