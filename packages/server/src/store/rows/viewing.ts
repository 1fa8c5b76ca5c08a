import { sessionDimensions } from '@playhead/protocol'
import type { SessionState } from '../../session/state.ts'
import { columnsOf, putDimensions, type Row, wellFormed } from './row.ts'

const dimensions = columnsOf(sessionDimensions)

/** Who watches what, and with what: columns that a session shares with its ads and chapters. */
export function viewingColumns(state: SessionState): Row {
  const row: Record<string, unknown> = {
    visitor: visitorOf(state),
    genre_list: genresOf(state.start.dimensions['media.genre']),
  }
  putDimensions(row, dimensions, state.start.dimensions)
  return row
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
