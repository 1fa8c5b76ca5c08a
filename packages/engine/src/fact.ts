import type { ClosedAd, ClosedChapter, OpenAd } from './state.ts'
import type { SessionSummary } from './summary.ts'

/** What the engine reports after an event: the five reports of a session, each when its cause arrives. */
export type Fact =
  | { readonly kind: 'sessionStarted'; readonly session: SessionSummary }
  | { readonly kind: 'adStarted'; readonly ad: OpenAd }
  | { readonly kind: 'adClosed'; readonly ad: ClosedAd }
  | { readonly kind: 'chapterClosed'; readonly chapter: ClosedChapter }
  | { readonly kind: 'sessionClosed'; readonly session: SessionSummary }
