import { adBreakParams, adParams, chapterParams, sessionMetadata, sessionParams } from './eventParams.ts'
import { EventWriter, type PlayerEvent } from './eventWriter.ts'
import type { History, Mark, Span, SpanKind, StatesMark } from './history.ts'
import { startPingTimer } from './pingTimer.ts'
import type { Random } from './random.ts'

type Events = Generator<PlayerEvent, void>

/** What the player has said last about its playing. */
type Told = 'nothing' | 'play' | 'pauseStart' | 'bufferStart'

const reported: Readonly<Record<SpanKind, Told>> = {
  startup: 'nothing',
  content: 'play',
  ad: 'play',
  stall: 'play',
  leap: 'play',
  pause: 'pauseStart',
  seek: 'pauseStart',
  buffering: 'bufferStart',
}

/** SDKs say `play` once more so long after the first, milliseconds. */
const echoAfterMs = 1000

/**
 * The events that the player makes of what happens, in their order: it tells each change when it comes, as far as it
 * tells it at all, and looks at the playhead by its timer in between.
 */
export function* playerEvents(history: History, random: Random): Events {
  const { player } = history.viewer
  const writer = new EventWriter(history)
  const timer = startPingTimer(player, random)
  const marks = [...history.marks]
  let told: Told = 'nothing'
  let echoAtMs = Number.POSITIVE_INFINITY

  yield writer.write('sessionStart', 0, history.startPositionMs, {
    params: sessionParams(history),
    customMetadata: sessionMetadata(history),
  })
  let before: Span | undefined
  for (const span of history.spans) {
    yield* endParts(before, span)
    yield* startParts(before, span)
    yield* tellPlay(before, span)
    yield* duringSpan(span)
    before = span
  }
  if (before) yield* endSession(before)

  /** The ad, the break and the chapter that are over when a span begins, or the session ends. */
  function* endParts(last: Span | undefined, next: Span | undefined): Events {
    if (last === undefined) return
    const isTold = (isCompleted: boolean): boolean => next !== undefined || player.isSdk || isCompleted
    const write = (type: Parameters<EventWriter['write']>[0]): PlayerEvent =>
      writer.write(type, last.toMs, next?.fromPositionMs ?? last.toPositionMs)
    if (last.ad && last.ad !== next?.ad && isTold(last.ad.isCompleted)) {
      yield write(last.ad.isCompleted ? 'adComplete' : 'adSkip')
      if (last.ad.adBreak !== next?.ad?.adBreak) yield write('adBreakComplete')
    }
    if (last.chapter && last.chapter !== next?.chapter && isTold(last.chapter.isCompleted)) {
      yield write(last.chapter.isCompleted ? 'chapterComplete' : 'chapterSkip')
    }
  }

  function* startParts(last: Span | undefined, next: Span): Events {
    const { fromMs, fromPositionMs, ad, chapter } = next
    if (ad && ad !== last?.ad) {
      if (ad.adBreak !== last?.ad?.adBreak) {
        yield writer.write('adBreakStart', fromMs, fromPositionMs, { params: adBreakParams(ad.adBreak) })
      }
      yield writer.write('adStart', fromMs, fromPositionMs, { params: adParams(history, ad) })
    }
    if (chapter && chapter !== last?.chapter) {
      yield writer.write('chapterStart', fromMs, fromPositionMs, { params: chapterParams(chapter) })
    }
  }

  /** `play`, `pauseStart` or `bufferStart` where it changes; SDKs repeat `play` where ads begin and breaks end. */
  function* tellPlay(last: Span | undefined, next: Span): Events {
    const tell = reported[next.kind]
    const isAdNew = next.ad !== last?.ad
    const isRepeated = player.isSdk && isAdNew && tell === 'play'
    // An ad plays by itself; a player that speaks for itself says `play` when the content comes.
    const isUnderstood = next.kind === 'ad' && told === 'nothing' && !player.isSdk
    if (tell === 'nothing' || isUnderstood || (tell === told && !isRepeated)) return
    if (told === 'nothing' && tell === 'play' && player.isSdk) echoAtMs = next.fromMs + echoAfterMs
    told = tell
    yield writer.write(tell, next.fromMs, next.fromPositionMs)
  }

  /** Pings, marks and the echo of the first `play`, as their times come. */
  function* duringSpan(span: Span): Events {
    for (;;) {
      const pingMs = timer.dueMs(span)
      const markMs = marks[0]?.atMs ?? Number.POSITIVE_INFINITY
      const atMs = Math.min(pingMs, markMs, echoAtMs)
      if (atMs >= span.toMs) return
      if (atMs === markMs) yield* tellMark(marks.shift(), span)
      else if (atMs === pingMs) {
        timer.sent(atMs)
        yield writer.write('ping', atMs, positionAt(span, atMs))
      } else {
        echoAtMs = Number.POSITIVE_INFINITY
        if (told === 'play') yield writer.write('play', atMs, positionAt(span, atMs))
      }
    }
  }

  function* tellMark(mark: Mark | undefined, span: Span): Events {
    if (mark === undefined) return
    const positionMs = positionAt(span, mark.atMs)
    switch (mark.kind) {
      case 'quality':
        writer.noteQuality(mark.values)
        if (mark.isBitrateChange) yield writer.write('bitrateChange', mark.atMs, positionMs)
        return
      case 'states':
        yield* reportStates(mark, positionMs)
        return
      case 'error':
        yield writer.write('error', mark.atMs, positionMs, { error: mark })
    }
  }

  function* reportStates({ atMs, ended, started }: StatesMark, positionMs: number): Events {
    if (player.hasStatesUpdate && ended.length + started.length > 1) {
      const params = {
        ...(ended.length > 0 && { statesEnd: ended.map(stateParams) }),
        ...(started.length > 0 && { statesStart: started.map(stateParams) }),
      }
      yield writer.write('statesUpdate', atMs, positionMs, { params })
      return
    }
    for (const name of ended) yield writer.write('stateEnd', atMs, positionMs, { params: stateParams(name) })
    for (const name of started)
      yield writer.write('stateStart', atMs, positionMs, { params: stateParams(name) })
  }

  /** Silence says nothing; SDKs close parts that are left half-way, too, before they end a session. */
  function* endSession(last: Span): Events {
    const { ending } = history
    if (ending === 'silence') return
    yield* endParts(last, undefined)
    if (ending === 'complete') yield writer.write('sessionComplete', last.toMs, last.toPositionMs)
    if (ending === 'end' || player.isEndedAfterComplete)
      yield writer.write('sessionEnd', last.toMs, last.toPositionMs)
  }
}

/** Where the playhead is: it moves while content plays, and stands or waits for the end of a seek otherwise. */
function positionAt({ kind, fromMs, toMs, fromPositionMs, toPositionMs }: Span, atMs: number): number {
  if (kind !== 'content') return fromPositionMs
  return fromPositionMs + ((atMs - fromMs) / (toMs - fromMs)) * (toPositionMs - fromPositionMs)
}

function stateParams(name: string): Readonly<Record<string, string>> {
  return { 'media.state.name': name }
}
