import type { LiveSession, SessionHead } from '@playhead/protocol/reporting'

/** Rows of the list of sessions. */
export const latestMax = 20

/** A session of which is known what it does now, or what the store has of it, or both. */
export interface Latest extends Pick<
  SessionHead,
  'id' | 'contentId' | 'contentName' | 'playerName' | 'startedAt'
> {
  readonly now: LiveSession | undefined
  readonly stored: SessionHead | undefined
}

/** The sessions that began last, those that are over too; ids begin with the moment of their making. */
export function latestOf(open: readonly LiveSession[], stored: readonly SessionHead[]): Latest[] {
  const openById = new Map(open.map((session) => [session.id, session]))
  const storedById = new Map(stored.map((session) => [session.id, session]))
  return [...open, ...stored.filter(({ id }) => !openById.has(id))]
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, latestMax)
    .map(({ id, contentId, contentName, playerName, startedAt }) => ({
      id,
      contentId,
      contentName,
      playerName,
      startedAt,
      now: openById.get(id),
      stored: storedById.get(id),
    }))
}
