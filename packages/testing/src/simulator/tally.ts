/** Counts what becomes of the events that are sent. */
export interface Tally {
  taken(eventType: string): void
  refused(reason: string): void
  /** Not sent, because its session had been refused. */
  unsent(): void
  readonly refusedEvents: number
  /** One line: how far it is. */
  progress(): string
  /** Some lines: how it went. */
  summary(): string
}

/** @param now milliseconds of any clock that runs evenly */
export function createTally(now: () => number): Tally {
  const beganMs = now()
  const reasons = new Map<string, number>()
  let [sessions, events, refused, unsent] = [0, 0, 0, 0]

  const seconds = (): number => Math.max(0.001, (now() - beganMs) / 1000)
  const sent = (): string =>
    `${count(events)} events of ${count(sessions)} sessions in ${seconds().toFixed(1)} s, ${count(events / seconds())} a second`

  return {
    taken(eventType) {
      events += 1
      if (eventType === 'sessionStart') sessions += 1
    },
    refused(reason) {
      refused += 1
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    },
    unsent: () => void (unsent += 1),
    get refusedEvents() {
      return refused
    },
    progress: () => `${sent()}${refused > 0 ? `, ${count(refused)} refused` : ''}`,
    summary() {
      const lines = [...reasons]
        .toSorted(([, a], [, b]) => b - a)
        .map(([reason, times]) => `  ${count(times)} × ${reason}`)
      const notSent = unsent > 0 ? [`${count(unsent)} not sent, their sessions having been refused`] : []
      return [`${sent()}, ${count(refused)} refused`, ...lines, ...notSent].join('\n')
    },
  }
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}
