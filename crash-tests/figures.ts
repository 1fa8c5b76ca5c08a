/** An event as the archive has it. */
export interface ArchivedEvent {
  readonly ts: number
  readonly type: string
}

/** Figures of a closed session that these players can bring about. */
export interface Figures {
  readonly pauses: number
  readonly bitrateChanges: number
  readonly errors: number
  readonly contentTimeMs: number
}

/**
 * What the events of a session come to, reckoned without the engine: counts, and the time from each event to the next
 * while the player plays. Right for the sessions of `player.ts`, which has nothing else happen.
 *
 * @param events in the order of `ts`
 */
export function figuresOf(events: readonly ArchivedEvent[]): Figures {
  const end = events.findIndex(({ type }) => type === 'sessionEnd')
  const counted = events.slice(0, end === -1 ? events.length : end + 1)
  const count = (wanted: string): number => counted.filter(({ type }) => type === wanted).length
  let isPlaying = false
  let contentTimeMs = 0
  for (const [index, { ts, type }] of counted.entries()) {
    if (isPlaying) contentTimeMs += ts - (counted[index - 1]?.ts ?? ts)
    if (type === 'play') isPlaying = true
    if (type === 'pauseStart') isPlaying = false
  }
  return {
    pauses: count('pauseStart'),
    bitrateChanges: count('bitrateChange'),
    errors: count('error'),
    contentTimeMs,
  }
}
