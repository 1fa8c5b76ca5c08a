import type { BreakPlan } from './content.ts'
import { chapterAt, type Content } from './content.ts'
import type { AdBreakShowing, AdShowing, ChapterVisit, Sampling, Span, SpanKind } from './history.ts'
import type { Advert } from './adverts.ts'

/** The screen while a session goes on: knows what it shows, and writes down what it has shown. */
export class Screen {
  readonly spans: Span[] = []
  /** Since the session's start, integer milliseconds. */
  nowMs = 0
  positionMs: number
  sampling: Sampling = 'timer'
  readonly #content: Content
  #chapter: Writable<ChapterVisit> | undefined
  #ad: Writable<AdShowing> | undefined

  constructor(content: Content, positionMs: number) {
    this.#content = content
    this.positionMs = positionMs
  }

  /** Show something for a while, rounded to whole milliseconds; less than half a one shows nothing. */
  show(kind: SpanKind, forMs: number, toPositionMs = this.positionMs): void {
    const toMs = this.nowMs + Math.round(forMs)
    if (toMs > this.nowMs) {
      this.spans.push({
        kind,
        fromMs: this.nowMs,
        toMs,
        fromPositionMs: this.positionMs,
        toPositionMs,
        chapter: this.#chapter,
        ad: this.#ad,
        sampling: this.sampling,
      })
    }
    this.nowMs = toMs
    this.positionMs = toPositionMs
  }

  /** Open the chapter at this position, unless it is open already. */
  enterChapter(): void {
    const chapter = chapterAt(this.#content, this.positionMs)
    if (chapter === this.#chapter?.chapter) return
    this.#chapter = chapter && { chapter, isCompleted: false }
  }

  /** Close the open chapter if this is where it ends. */
  leaveChapterAtEnd(): void {
    if (this.#chapter?.chapter.toMs !== this.positionMs) return
    this.#chapter.isCompleted = true
    this.#chapter = undefined
  }

  startAd(advert: Advert, adBreak: AdBreakShowing, podPosition: number): void {
    this.#ad = { advert, adBreak, podPosition, isCompleted: false }
  }

  endAd(isCompleted: boolean): void {
    if (this.#ad) this.#ad.isCompleted = isCompleted
    this.#ad = undefined
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** A showing of a break; two of the same plan are told apart by being two objects. */
export function showingOf(plan: BreakPlan): AdBreakShowing {
  return { plan }
}
