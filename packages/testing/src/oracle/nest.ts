import type { OracleEvent } from './readEvent.ts'

/** What is open after these events; an ad outside of a break is open too, until something ends it. */
interface Open {
  readonly adBreak: boolean
  readonly ad: boolean
  readonly unmatched: boolean
  readonly chapter: boolean
}

const isEndOfAd = (type: string): boolean => type === 'adComplete' || type === 'adSkip'
const isEndOfChapter = (type: string): boolean => type === 'chapterComplete' || type === 'chapterSkip'

/** Put the events of one instant, which come after `before`, into the order that nests, whatever their arrival (E-1). */
export function nest(before: readonly OracleEvent[], instant: readonly OracleEvent[]): OracleEvent[] {
  if (instant.length === 1) return [...instant]
  const placed: OracleEvent[] = []
  const left = instant.toSorted((a, b) => a.nth - b.nth)
  const atFirst = before.reduce(openAfter, nothing)
  while (left.length > 0) {
    const open = placed.reduce(openAfter, atFirst)
    const isOldBreak =
      atFirst.adBreak && !placed.some(({ type }) => type === 'adBreakComplete' || type === 'adBreakStart')
    const isLeft = (type: string): boolean => left.some((event) => event.type === type)
    const fits: readonly ((type: string) => boolean)[] = [
      (type) => isEndOfAd(type) && (open.ad || open.unmatched),
      (type) => isEndOfChapter(type) && open.chapter,
      (type) => type === 'adBreakComplete' && isOldBreak && (!isLeft('adStart') || isLeft('adBreakStart')),
      (type) => type === 'adBreakStart',
      (type) => type === 'adStart',
      (type) => type === 'chapterStart',
      (type) => type === 'adBreakComplete' && open.adBreak,
      (type) => ['play', 'pauseStart', 'bufferStart'].includes(type),
      (type) => type !== 'sessionEnd',
      () => true,
    ]
    const next = fits.map((isFit) => left.find(({ type }) => isFit(type))).find((event) => event)!
    placed.push(...left.splice(left.indexOf(next), 1))
  }
  return placed
}

const nothing: Open = { adBreak: false, ad: false, unmatched: false, chapter: false }

function openAfter(open: Open, { type }: OracleEvent): Open {
  if (isEndOfAd(type)) return { ...open, ad: false, unmatched: false }
  if (isEndOfChapter(type)) return { ...open, chapter: false }
  if (type === 'adBreakStart') return { ...open, adBreak: true, ad: false }
  if (type === 'adBreakComplete') return { ...open, adBreak: false, ad: false }
  if (type === 'adStart') return open.adBreak ? { ...open, ad: true } : { ...open, unmatched: true }
  return type === 'chapterStart' ? { ...open, chapter: true } : open
}
