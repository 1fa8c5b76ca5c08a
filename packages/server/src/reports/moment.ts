const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** A moment as ISO 8601 with a zone, or a day (its beginning in UTC); epoch milliseconds. */
export function moment(text: string): number {
  // A plus sign that was not escaped arrives as a space.
  const iso = text.replace(' ', '+')
  const epochMs = isoTime.test(iso) && isDay(iso.slice(0, 10)) ? Date.parse(iso) : Number.NaN
  if (epochMs >= 0) return epochMs
  throw new RangeError(
    'takes a time such as 2026-11-20T16:00:00Z or 2026-11-20T16:00:00+01:00, or a day such as 2026-11-20',
  )
}

/** Whether there is such a day: Date.parse turns February 30 into March 2. */
function isDay(day: string): boolean {
  const epochMs = Date.parse(day)
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(day)
}
