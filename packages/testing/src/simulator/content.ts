/** Milliseconds of a day. */
export const dayMs = 86_400_000

/** Something to watch or to hear. Positions are milliseconds of the main content, ads excluded. */
export interface Content {
  readonly id: string
  readonly name: string
  readonly contentType: 'vod' | 'live' | 'podcast' | 'audiobook' | 'song'
  readonly streamType: 'video' | 'audio'
  /** Section of the app that offers it. */
  readonly channel: string
  /** Of live content a day, as the API asks where there is no length. */
  readonly lengthMs: number
  /** What is said about it: `media.show`, `media.genre` and so on. */
  readonly metadata: Readonly<Record<string, string>>
  /** Without gaps from the first to the last millisecond, or none at all. */
  readonly chapters: readonly Chapter[]
  readonly breaks: readonly BreakPlan[]
  /** How often it is chosen, compared with the others. */
  readonly weight: number
}

export interface Chapter {
  /** From 1. */
  readonly index: number
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

/** Where ads may come. */
export interface BreakPlan {
  readonly index: number
  readonly name: string
  readonly positionMs: number
  readonly adsMax: number
}

/** Live channels cut to ads on the clock. */
export const liveBreakEveryMs = 720_000

export function isLive(content: Content): boolean {
  return content.contentType === 'live'
}

/** The chapter that a position lies in. */
export function chapterAt(content: Content, positionMs: number): Chapter | undefined {
  return content.chapters.find(({ fromMs, toMs }) => fromMs <= positionMs && positionMs < toMs)
}

/**
 * The next place of recorded or live content where something other than content may come: a break, a chapter's
 * end, the end. The position of live content is true time, epoch milliseconds.
 */
export function nextStopMs(content: Content, positionMs: number): number {
  if (isLive(content)) return (Math.floor(positionMs / liveBreakEveryMs) + 1) * liveBreakEveryMs
  const stops = [
    content.lengthMs,
    ...content.breaks.map((plan) => plan.positionMs),
    ...content.chapters.map(({ toMs }) => toMs),
  ]
  return Math.min(...stops.filter((stopMs) => stopMs > positionMs))
}

/** The ad break planned at exactly this position. */
export function breakAt(content: Content, positionMs: number): BreakPlan | undefined {
  if (!isLive(content)) return content.breaks.find((plan) => plan.positionMs === positionMs)
  const nth = Math.floor((positionMs % dayMs) / liveBreakEveryMs)
  return positionMs % liveBreakEveryMs === 0
    ? { index: nth + 1, name: 'commercials', positionMs, adsMax: 4 }
    : undefined
}
