import type { CollectionEvent, EventType } from '@playhead/protocol'
import { dayMs, isLive } from './content.ts'
import type { Params } from './eventParams.ts'
import type { ErrorMark, History, Quality } from './history.ts'

/** An event as the player has made it; not sent yet. */
export interface PlayerEvent {
  /** When it was made: milliseconds of true time since the session's start. */
  readonly atMs: number
  readonly body: CollectionEvent
}

/** What an event says besides its type and time. */
export interface Detail {
  readonly params?: Params
  readonly customMetadata?: Readonly<Record<string, string>>
  readonly error?: Pick<ErrorMark, 'id' | 'source'>
}

/** Writes events as this session's player does: by its clock, with its playheads, and news of quality with the next event. */
export class EventWriter {
  readonly #history: History
  #quality: Partial<Quality> = {}
  #isQualityNew = false
  #lastTs = 0

  constructor(history: History) {
    this.#history = history
  }

  /** Let the next event carry these values. */
  noteQuality(values: Partial<Quality>): void {
    this.#quality = { ...this.#quality, ...values }
    this.#isQualityNew = true
  }

  write(eventType: EventType, atMs: number, positionMs: number, detail: Detail = {}): PlayerEvent {
    const { params, customMetadata, error } = detail
    const qoeData = this.#isQualityNew || error !== undefined ? this.#qoeData(error) : undefined
    const body = {
      eventType,
      playerTime: { playhead: this.#playhead(positionMs), ts: this.#ts(atMs) },
      ...(params !== undefined && { params }),
      ...(qoeData !== undefined && { qoeData }),
      ...(customMetadata !== undefined && { customMetadata }),
    }
    // After an error the plain values go out once more, as in the SDKs: the error's keys made the last set differ.
    this.#isQualityNew = error !== undefined
    return { atMs, body: body as CollectionEvent }
  }

  #ts(atMs: number): number {
    const { startMs, viewer } = this.#history
    const ts = startMs + viewer.clockOffsetMs + atMs
    this.#lastTs = Math.max(ts, this.#lastTs + viewer.player.tsStepMs)
    return this.#lastTs
  }

  /** Seconds; of live content, of the day. */
  #playhead(positionMs: number): number {
    const { content, viewer } = this.#history
    const stepMs = viewer.player.playheadStepMs
    const ms = isLive(content) ? positionMs % dayMs : positionMs
    return (Math.floor(ms / stepMs) * stepMs) / 1000
  }

  #qoeData(error: Detail['error']): Record<string, string | number> {
    const values = Object.entries(this.#quality).map(([key, value]) => [`media.qoe.${key}`, value] as const)
    return {
      ...Object.fromEntries(values),
      ...(error !== undefined && { 'media.qoe.errorID': error.id, 'media.qoe.errorSource': error.source }),
    }
  }
}
