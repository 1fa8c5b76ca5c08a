/** An instant has many clock times, one per zone. Clock times are given as if they were UTC, epoch milliseconds. */
export interface TimeZone {
  /** As it was asked for; a zone has several names. */
  readonly name: string
  /**
   * The offsets in force in a range, in order; the first one holds at its beginning. This is the only source of offsets:
   * the store is sent numbers and knows no zone, so that its answers and ours cannot differ.
   */
  offsets(fromMs: number, toMs: number): readonly [Offset, ...Offset[]]
  /** The clock's time at an instant. */
  clockAt(epochMs: number): number
  /** The first instant at which the clock shows a time; where clocks skip it, as much later as it is skipped. */
  instantOf(clockMs: number): number
  /** An instant as ISO 8601 with the zone's offset. */
  iso(epochMs: number): string
}

/** By how much a clock is ahead of UTC from an instant on. */
export interface Offset {
  readonly fromMs: number
  readonly aheadMs: number
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** Time zones kept in memory; there are some 600. */
const keptMax = 1000
/** The years whose changes are looked for; the store's times reach no further. Outside, the nearest offset holds. */
const [firstYear, lastYear] = [1900, 2299]
/** From here on the changes follow rules, and are weeks apart. */
const firstRuledYear = 2040

const kept = new Map<string, TimeZone>()

/** @returns `undefined` when there is no such zone */
export function timeZone(name: string): TimeZone | undefined {
  if (name === utc.name) return utc
  const known = kept.get(name)
  if (known) return known
  const made = makeZone(name)
  if (made && kept.size < keptMax) kept.set(name, made)
  return made
}

export const utc: TimeZone = zoneOf('UTC', () => 0)

function makeZone(name: string): TimeZone | undefined {
  // Offsets such as `+01:00` are no zones: they name no clock.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return undefined
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  } catch {
    return undefined
  }
  // Any letter case is understood; some zones are known here by the name they once had.
  const canonical = format.resolvedOptions().timeZone
  const isSame = canonical.toLowerCase() === name.toLowerCase()
  return zoneOf(isSame ? canonical : name, (epochMs) => aheadOf(format.format(epochMs)))
}

/** @param measure by how much the clock is ahead at an instant */
function zoneOf(name: string, measure: (epochMs: number) => number): TimeZone {
  const years = new Map<number, readonly [Offset, ...Offset[]]>()

  function offsetsOfYear(year: number): readonly [Offset, ...Offset[]] {
    const known = years.get(year)
    if (known) return known
    const made = findOffsets(measure, year)
    years.set(year, made)
    return made
  }

  function offsets(fromMs: number, toMs: number): readonly [Offset, ...Offset[]] {
    const [fromYear, toYear] = [yearOf(fromMs), yearOf(toMs)]
    const found = [...offsetsOfYear(fromYear)]
    for (let year = fromYear + 1; year <= toYear; year += 1) found.push(...offsetsOfYear(year))
    const [first, ...changes] = found.filter(
      ({ fromMs: startMs, aheadMs }, nth) =>
        startMs < toMs &&
        (found[nth + 1]?.fromMs ?? Infinity) > fromMs &&
        // Each year begins with an offset: mostly that of the year before.
        aheadMs !== found[nth - 1]?.aheadMs,
    )
    return [first ?? offsetsOfYear(toYear)[0], ...changes]
  }

  function aheadAt(epochMs: number): number {
    const ofYear = offsetsOfYear(yearOf(epochMs))
    return (ofYear.findLast(({ fromMs }) => fromMs <= epochMs) ?? ofYear[0]).aheadMs
  }

  return {
    name,
    offsets,
    clockAt: (epochMs) => epochMs + aheadAt(epochMs),
    instantOf(clockMs) {
      const candidates = [clockMs - dayMs, clockMs + dayMs].map((nearMs) => clockMs - aheadAt(nearMs))
      const right = candidates.filter((epochMs) => epochMs + aheadAt(epochMs) === clockMs)
      return right.length > 0 ? Math.min(...right) : Math.max(...candidates)
    },
    iso(epochMs) {
      const aheadMs = writtenAheadMs(aheadAt(epochMs))
      return new Date(epochMs + aheadMs).toISOString().replace(/(\.000)?Z$/, offsetText(aheadMs))
    },
  }
}

/** The offset at the beginning of a year, and those that come in it. */
function findOffsets(measure: (epochMs: number) => number, year: number): readonly [Offset, ...Offset[]] {
  const [startMs, endMs] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
  const stepMs = year < firstRuledYear ? dayMs : 7 * dayMs
  let current: Offset = { fromMs: startMs, aheadMs: measure(startMs) }
  const changes: Offset[] = []
  for (let beforeMs = startMs; beforeMs < endMs; beforeMs += stepMs) {
    const atMs = Math.min(beforeMs + stepMs, endMs)
    const aheadMs = measure(atMs)
    if (aheadMs === current.aheadMs) continue
    current = { fromMs: changeBetween(measure, beforeMs, atMs), aheadMs }
    changes.push(current)
  }
  return [{ fromMs: startMs, aheadMs: measure(startMs) }, ...changes.filter(({ fromMs }) => fromMs < endMs)]
}

/** The first second at which the offset is that of the end, not that of the beginning. */
function changeBetween(measure: (epochMs: number) => number, fromMs: number, toMs: number): number {
  const aheadMs = measure(fromMs)
  let [before, after] = [fromMs / 1000, toMs / 1000]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (measure(middle * 1000) === aheadMs) before = middle
    else after = middle
  }
  return after * 1000
}

/** Of a text that ends in `GMT`, `GMT+05:30` or, long ago, `GMT-00:44:30`. */
function aheadOf(text: string): number {
  const [, sign, hours, minutes, seconds = 0] = /GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(text) ?? []
  if (sign === undefined) return 0
  const aheadMs = (Number(hours) * 60 + Number(minutes)) * minuteMs + Number(seconds) * 1000
  return sign === '-' ? -aheadMs : aheadMs
}

/**
 * An offset as it is written. ISO 8601 knows whole minutes: of one with seconds (Liberia until 1972) the clock is written
 * by the nearest minute, so that the text is the right instant to every program that reads it.
 */
export function writtenAheadMs(aheadMs: number): number {
  return Math.round(aheadMs / minuteMs) * minuteMs
}

/** `+05:30` */
export function offsetText(aheadMs: number): string {
  const minutes = Math.abs(aheadMs) / minuteMs
  const two = (value: number) => String(value).padStart(2, '0')
  return `${aheadMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function yearOf(epochMs: number): number {
  return Math.min(Math.max(new Date(epochMs).getUTCFullYear(), firstYear), lastYear)
}
