import type { ExplainedReport } from './sessionReport.ts'

/**
 * The place in its session, 1 for the first, of an event by its `seq`. The `seq` is its number among all events of the
 * server: nobody counts with it.
 */
export function placesOf({ events }: Pick<ExplainedReport, 'events'>): ReadonlyMap<number, number> {
  return new Map(events.map(({ seq }, index) => [seq, index + 1]))
}
