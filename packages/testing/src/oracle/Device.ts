import type { Body } from './readEvent.ts'
import type { Sent } from './session.ts'

/** Something that happens on a device; lasting things ping. */
export type Activity =
  | { readonly what: 'watch' | 'pause' | 'buffer' | 'freeze'; readonly ms: number; readonly pingMs: number }
  | { readonly what: 'hang'; readonly ms: number; readonly lagMs: number }
  | { readonly what: 'outage'; readonly ms: number; readonly pingMs: number }
  | { readonly what: 'setClock'; readonly by: number }
  | { readonly what: 'startClockAnew'; readonly ts: number }
  | { readonly what: 'leftover'; readonly type: string; readonly agoMs: number }
  | { readonly what: 'instant'; readonly types: readonly string[] }
  | { readonly what: 'play' | 'complete' | 'end' }
  | { readonly what: 'seek'; readonly to: number; readonly isSaid: boolean }
  | {
      readonly what: 'adBreak'
      readonly ads: readonly {
        readonly ms: number
        readonly gapMs: number
        readonly inside: string | undefined
        readonly end: string | undefined
      }[]
      /** What playheads say in an ad: the content's position, or the ad's; that also with the end of the break. */
      readonly playheads: 'content' | 'ad' | 'adToTheEnd'
      readonly isComplete: boolean
      readonly playAfter: boolean
    }
  | { readonly what: 'adOutsideBreak' | 'silence'; readonly ms: number }
  | { readonly what: 'chapter'; readonly type: string }
  | {
      readonly what: 'states'
      readonly ended: readonly string[]
      readonly started: readonly string[]
      readonly isOne: boolean
    }
  | { readonly what: 'quality'; readonly qoeData: Body['qoeData'] }
  | { readonly what: 'errors'; readonly ids: number; readonly isExternal: boolean }
  | { readonly what: 'trail'; readonly pings: number }

export interface Content {
  readonly contentType: string
  readonly length: number
  readonly playhead: number
  /** Events at the start whose playhead is 0, for the player does not know it yet. */
  readonly zeros: number
  /** Live: playheads are Unix time, in seconds or milliseconds. */
  readonly unix: 'seconds' | 'milliseconds' | undefined
  readonly streamType: string | undefined
  readonly resume: boolean
  readonly auth: string | undefined
}

/** How the playhead goes while time passes. */
export type Move =
  | { readonly by: 'clock' | 'nothing' }
  | { readonly by: 'leap'; readonly to: number }
  | { readonly by: 'rate'; readonly rate: number; readonly extraMs: number }

/** A body, and when it was sent by a right clock. */
type Said = Pick<Sent, 'body' | 'sentAtMs'>

/** A player on a virtual clock, which says what happens on it. */
export class Device {
  readonly said: Said[] = []
  #nowMs: number
  /** How far the device's clock is ahead of a right one. */
  #aheadMs = 0
  #playhead: number
  readonly #content: Content
  readonly #isLive: boolean

  constructor(ts: number, content: Content, isFlagged: boolean) {
    this.#nowMs = ts
    this.#content = content
    const { unix, playhead } = content
    this.#playhead = unix === undefined ? playhead : 1_750_000_000 + playhead
    this.#isLive = ['live', 'linear'].includes(content.contentType.toLowerCase())
    this.say('sessionStart', {
      'media.id': 'film',
      'media.length': content.length,
      'media.contentType': content.contentType,
      'media.playerName': 'player',
      'media.channel': 'channel',
      'media.resume': content.resume,
      ...(isFlagged && { 'media.downloaded': true }),
      ...(content.auth !== undefined && { 'media.pass.auth': content.auth }),
      ...(content.streamType !== undefined && { 'media.streamType': content.streamType }),
    })
  }

  do(activity: Activity): void {
    switch (activity.what) {
      case 'watch':
        return this.#last(activity, 'clock')
      case 'pause':
      case 'buffer':
        this.say(`${activity.what}Start`)
        return this.#last(activity, 'nothing')
      case 'freeze':
        return this.#last(activity, 'nothing')
      case 'hang':
        this.#last({ ms: activity.ms, pingMs: 10_000 }, 'nothing')
        this.pass(activity.lagMs, { by: 'rate', rate: 0.5, extraMs: 0 })
        return this.say('ping')
      case 'outage':
        return this.#outage(activity)
      case 'setClock':
        return this.setClock(activity.by)
      case 'startClockAnew':
        return this.setClock(activity.ts - this.#nowMs - this.#aheadMs)
      case 'leftover':
        return this.#leftover(activity)
      case 'instant':
        for (const type of activity.types) this.say(type)
        return
      case 'play':
        return this.say('play')
      case 'complete':
        return this.say('sessionComplete')
      case 'end':
        return this.say('sessionEnd')
      case 'seek':
        if (activity.isSaid) this.say('pauseStart')
        this.pass(500, { by: 'leap', to: activity.to })
        return this.say(activity.isSaid ? 'play' : 'ping')
      case 'adBreak':
        return this.#adBreak(activity)
      case 'adOutsideBreak':
        this.say('adStart', adParams)
        this.#last({ ms: activity.ms, pingMs: 10_000 }, 'nothing')
        return this.say('adComplete')
      case 'chapter':
        return this.say(activity.type, activity.type === 'chapterStart' ? chapterParams : undefined)
      case 'states':
        return this.#states(activity)
      case 'quality':
        return this.say('bitrateChange', undefined, activity.qoeData)
      case 'errors':
        return this.#errors(activity)
      case 'silence':
        this.pass(activity.ms, { by: 'clock' })
        return this.say('ping')
      case 'trail':
        this.say('sessionComplete')
        return this.#last({ ms: activity.pings * 10_000, pingMs: 10_000 }, 'nothing')
    }
  }

  pass(ms: number, move: Move): void {
    this.#nowMs += ms
    if (move.by === 'nothing') return
    if (move.by === 'leap') {
      this.#playhead = move.to
      return
    }
    const movedMs = move.by === 'rate' ? ms * move.rate + move.extraMs : ms
    const playhead = (Math.round(this.#playhead * 1000) + movedMs) / 1000
    const isThroughMidnight = this.#isLive && this.#content.unix === undefined && playhead >= 86_400
    this.#playhead = isThroughMidnight
      ? playhead - 86_400
      : Math.max(Math.min(0, this.#content.playhead), playhead)
  }

  setClock(by: number): void {
    this.#aheadMs += by
  }

  say(eventType: string, params?: Body['params'], qoeData?: Body['qoeData']): void {
    const own = eventType === 'adStart' ? adParams : eventType === 'adBreakStart' ? breakParams : undefined
    const all = params ?? own ?? (eventType === 'chapterStart' ? chapterParams : undefined)
    const { zeros, unix } = this.#content
    const seconds = unix === 'milliseconds' ? Math.round(this.#playhead * 1000) : this.#playhead
    const playhead = this.said.length < zeros ? 0 : seconds
    const body = {
      playerTime: { playhead, ts: this.#nowMs + this.#aheadMs },
      eventType,
      ...(all && { params: all }),
      ...(qoeData && { qoeData }),
    }
    this.said.push({ body, sentAtMs: this.#nowMs })
  }

  /** Nothing gets through; when something does, it is all that was said meanwhile. */
  #outage(lasting: { ms: number; pingMs: number }): void {
    const from = this.said.length
    this.#last(lasting, 'clock')
    this.say('ping')
    for (const [nth, { body }] of this.said.entries()) {
      if (nth >= from) this.said[nth] = { body, sentAtMs: this.#nowMs }
    }
  }

  /** Something that happened earlier, maybe in another playback, and is sent only now. */
  #leftover({ type, agoMs }: { type: string; agoMs: number }): void {
    this.#aheadMs -= agoMs
    this.say(type)
    this.#aheadMs += agoMs
  }

  /** Time passes with pings; what is left of it after the last ping passes in silence. */
  #last({ ms, pingMs }: { ms: number; pingMs: number }, by: 'clock' | 'nothing'): void {
    for (let left = ms; left > 0; left -= pingMs) {
      this.pass(Math.min(left, pingMs), { by })
      if (left >= pingMs) this.say('ping')
    }
  }

  #adBreak({ ads, playheads, isComplete, playAfter }: Extract<Activity, { what: 'adBreak' }>): void {
    const content = this.#playhead
    const by = playheads === 'content' ? 'nothing' : 'clock'
    this.say('adBreakStart')
    for (const { ms, gapMs, inside, end } of ads) {
      if (playheads !== 'content') this.#playhead = 0
      this.say('adStart')
      if (inside !== undefined) this.say(inside)
      this.#last({ ms, pingMs: 10_000 }, by)
      if (end !== undefined) this.say(end)
      if (playheads !== 'adToTheEnd') this.#playhead = content
      this.pass(gapMs, { by: 'clock' })
    }
    if (isComplete) this.say('adBreakComplete')
    if (playheads === 'adToTheEnd') this.#playhead = content
    if (playAfter) this.say('play')
  }

  /** A player in a loop: the same failure under ever new ids. */
  #errors({ ids, isExternal }: Extract<Activity, { what: 'errors' }>): void {
    for (let id = 0; id < ids; id += 1) {
      this.pass(100, { by: 'clock' })
      this.say('error', undefined, {
        'media.qoe.errorID': id === 0 ? '' : `e${id}`,
        'media.qoe.errorSource': isExternal ? 'external' : 'player',
      })
    }
  }

  #states({ ended, started, isOne }: Extract<Activity, { what: 'states' }>): void {
    const named = (names: readonly string[]): object[] => names.map((name) => ({ 'media.state.name': name }))
    if (!isOne) {
      return this.say('statesUpdate', { statesEnd: named(ended), statesStart: named(started) })
    }
    for (const name of ended.slice(0, 1)) this.say('stateEnd', { 'media.state.name': name })
    for (const name of started.slice(0, 1)) this.say('stateStart', { 'media.state.name': name })
  }
}

const breakParams = { 'media.ad.podIndex': 1, 'media.ad.podSecond': 0 }
const adParams = {
  'media.ad.id': 'ad',
  'media.ad.length': 15,
  'media.ad.podPosition': 1,
  'media.ad.playerName': 'player',
}
const chapterParams = { 'media.chapter.index': 1, 'media.chapter.offset': 0, 'media.chapter.length': 60 }
