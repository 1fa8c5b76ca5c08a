import { sessionDimensions } from '@playhead/protocol'
import type { SessionStart, SessionState } from '@playhead/engine'
import { columnsOf, putDimensions, type Row, wellFormed } from './row.ts'

const dimensions = columnsOf(sessionDimensions)

/** Columns that a session shares with its ads and chapters. */
interface Viewing {
  /** All of them; null what was not sent. */
  readonly all: Row
  /** Those that are not null: of the dimensions a session may have, few are sent. */
  readonly present: Row
}

/** A session's ads and chapters, and its own rows, have the same ones: they are made once. */
const made = new WeakMap<SessionStart, Viewing & { readonly sid: string }>()

/** Who watches what, and with what. */
export function viewingOf(state: SessionState): Viewing {
  const { sid, start } = state
  const known = made.get(start)
  if (known?.sid === sid) return known
  const all: Record<string, unknown> = {
    visitor: visitorOf(state),
    genre_list: genresOf(start.dimensions['media.genre']),
  }
  putDimensions(all, dimensions, start.dimensions)
  const present = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
  const viewing = { sid, all, present }
  made.set(start, viewing)
  return viewing
}

/** Who is watching, by the best id there is; without any, each session is a viewer of its own. */
function visitorOf({ sid, start }: SessionState): string {
  const ids = ['visitor.marketingCloudUserId', 'analytics.aid', 'analytics.visitorId']
  const id = ids.map((param) => start.dimensions[param]).find((value) => value !== undefined && value !== '')
  return wellFormed(String(id ?? sid))
}

/** `media.genre` is a comma separated list; each genre counts in full. */
function genresOf(genre: unknown): string[] {
  if (typeof genre !== 'string') return []
  return wellFormed(genre)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
