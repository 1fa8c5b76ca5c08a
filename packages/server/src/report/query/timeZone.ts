/** An instant has many clock times, one per zone. Clock times are given as if they were UTC, epoch milliseconds. */
export interface TimeZone {
  /** As it was asked for; a zone has several names. */
  readonly name: string
  /** As ClickHouse knows it. */
  readonly storeName: string
  /** The clock's time at an instant. */
  clockAt(epochMs: number): number
  /** The first instant at which the clock shows a time; where clocks skip it, as much later as it is skipped. */
  instantOf(clockMs: number): number
  /** An instant as ISO 8601 with the zone's offset. */
  iso(epochMs: number): string
}

const dayMs = 86_400_000
const kept = new Map<string, TimeZone>()
/** Time zones kept in memory; there are some 600. */
const keptMax = 1000

export const utc: TimeZone = {
  name: 'UTC',
  storeName: 'UTC',
  clockAt: (epochMs) => epochMs,
  instantOf: (clockMs) => clockMs,
  iso: (epochMs) => new Date(epochMs).toISOString().replace(/(\.000)?Z$/, '+00:00'),
}

/** @returns `undefined` when there is no such zone */
export function timeZone(name: string): TimeZone | undefined {
  if (name === utc.name) return utc
  const known = kept.get(name)
  if (known) return known
  const made = makeZone(name)
  if (made && kept.size < keptMax) kept.set(name, made)
  return made
}

function makeZone(name: string): TimeZone | undefined {
  // ClickHouse knows the names of the IANA as they are written there, and no offsets.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return undefined
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return undefined
  }

  function clockAt(epochMs: number): number {
    const seconds = Math.floor(epochMs / 1000)
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(seconds * 1000)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) + (epochMs - seconds * 1000)
  }

  function instantOf(clockMs: number): number {
    const offsets = [clockMs - dayMs, clockMs + dayMs].map((nearMs) => clockAt(nearMs) - nearMs)
    const candidates = offsets.map((offset) => clockMs - offset)
    const right = candidates.filter((epochMs) => clockAt(epochMs) === clockMs)
    return right.length > 0 ? Math.min(...right) : Math.max(...candidates)
  }

  function iso(epochMs: number): string {
    const clockMs = clockAt(epochMs)
    const text = new Date(clockMs).toISOString().replace(/(\.000)?Z$/, '')
    const minutes = Math.round((clockMs - epochMs) / 60_000)
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
    return `${text}${minutes < 0 ? '-' : '+'}${pad(hours)}:${pad(rest)}`
  }

  // Any letter case is understood here, and one by ClickHouse. Some zones are known here by the name they once had.
  const storeName = format.resolvedOptions().timeZone
  const isSame = storeName.toLowerCase() === name.toLowerCase()
  return { name: isSame ? storeName : name, storeName, clockAt, instantOf, iso }
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
