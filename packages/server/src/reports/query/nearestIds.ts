import { dataFeedColumns, editsBetween } from '@playhead/protocol'

/** Something of the catalogue, under all the names that it may be asked for by. */
export interface Named {
  readonly id: string
  readonly title: string
  readonly contextData?: string
  readonly xdm?: string
}

/** Ids that are offered in place of an unknown one. */
const nearestMax = 3
/** Longest id that is compared with those that there are, characters: all of these are shorter. */
const askedCharsMax = 64
/** Edits that are a violation of the finger. */
const violationEdits = 1
/** Shorter texts are part of too many others to say anything, characters. */
const shortestPartChars = 4
/** Words that others say, and what they are called here. */
const otherWords = new Map([
  ['title', 'name'],
  ['device', 'player'],
  ['user', 'viewer'],
  ['users', 'viewers'],
])

/** The known ids that an unknown one may stand for, the nearest first; of equals, in the order of the catalogue. */
export function nearestIds(asked: string, known: readonly Named[]): string[] {
  if (asked.length > askedCharsMax) return []
  const found = known
    .map(({ id, title, contextData, xdm }) => ({
      id,
      distance: Math.min(
        distance(asked, id),
        // What they are called is the id; the other names only lead there.
        1.5 +
          Math.min(
            distance(asked, title),
            ...[contextData, xdm, dataFeedColumns[id]].map((name) => leafDistance(asked, name)),
          ),
      ),
    }))
    .filter((each) => each.distance < Infinity)
    .toSorted((a, b) => a.distance - b.distance)
  // Where a letter is wrong, what is only like it would be noise.
  const misspelt = found.filter((each) => each.distance <= violationEdits)
  return (misspelt.length > 0 ? misspelt : found).slice(0, nearestMax).map(({ id }) => id)
}

/** Adobe's names are paths, and mostly known by their ends. */
function leafDistance(asked: string, path: string | undefined): number {
  if (path === undefined) return Infinity
  return asked === path ? 0 : distance(asked, path.slice(path.lastIndexOf('.') + 1))
}

/** By spelling up to 2, as a part up to 4, by words up to 5; `Infinity`: they have nothing in common. */
function distance(asked: string, name: string): number {
  const [a, b] = [letters(asked), letters(name)]
  const edits = editsBetween(a, b)
  if (edits < Infinity) return edits
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a]
  if (shorter.length >= shortestPartChars && longer.includes(shorter))
    return 4 - shorter.length / longer.length
  const [askedWords, words] = [wordsOf(asked), wordsOf(name)]
  const shared = askedWords.filter(
    (word) => word.length > 2 && words.some((each) => isSameWord(word, each)),
  ).length
  return shared === 0 ? Infinity : 5 - shared / Math.max(askedWords.length, words.length)
}

function letters(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** `contentTimeSpent` and `content_time_spent` alike. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => otherWords.get(word) ?? word)
}

/** `start`, `starts` and `startup` are. */
function isSameWord(a: string, b: string): boolean {
  return (
    a === b || (Math.min(a.length, b.length) >= shortestPartChars && (a.startsWith(b) || b.startsWith(a)))
  )
}
