import { watchAds } from './watchAds.ts'
import { breakAt, type Content, isLive, nextStopMs } from './content.ts'
import type { Ending, History, Sequel } from './history.ts'
import { marksOf } from './marks.ts'
import { patienceMs } from './patience.ts'
import type { Random } from './random.ts'
import { Screen, showingOf } from './screen.ts'
import { seekTargetMs } from './seekTarget.ts'
import { createInterruptions, type Interruption } from './interruptions.ts'
import type { Viewer } from './viewer.ts'

/** Who watches what, from when on and from where. */
export interface Viewing {
  readonly viewer: Viewer
  readonly content: Content
  /** True time, epoch milliseconds. */
  readonly startMs: number
  /** Where the viewer goes on, milliseconds; 0 is the beginning. Live content begins where it is. */
  readonly fromPositionMs: number
}

const secondMs = 1000
const minuteMs = 60_000

/** SDKs end the session after so long a pause; the API closes it too. */
const idleEndMs = 30 * minuteMs
/** A pause that is not as long as that stays well below: an ad behind it must not make it half an hour after all. */
const pauseMaxMs = 20 * minuteMs
/** A sleeping app is back before the server gives its session up (10 minutes), or it ends it after a minute. */
const sleepMaxMs = 8 * minuteMs

/** Live a session: the viewer watches until the content or their patience ends, or something else ends it for them. */
export function watch({ viewer, content, startMs, fromPositionMs }: Viewing, random: Random): History {
  const { player, network } = viewer
  const speed = content.streamType === 'audio' ? viewer.audioSpeed : 1
  const startPositionMs = isLive(content) ? startMs : fromPositionMs
  const screen = new Screen(content, startPositionMs)
  const shownBreaks = new Set<number>()
  const canSleep = player.background === 'throttled' || content.streamType === 'video'
  const interruptions = createInterruptions(
    {
      pause: (9 * minuteMs) / viewer.restlessness,
      rebuffer: network.rebufferEveryMs,
      stall: (player.isSdk ? 90 : 30) * minuteMs,
      crash: network.crashEveryMs,
      ...(!isLive(content) && { seek: (11 * minuteMs) / viewer.restlessness }),
      ...(player.background !== 'none' && canSleep && { hide: 16 * minuteMs }),
    },
    random,
  )
  interruptions.plan('leave', patienceMs(content, viewer.restlessness, fromPositionMs > 0, random))

  let playedMs = 0
  let ending = begin()
  while (ending === undefined) ending = playOn()
  const { spans } = screen
  return {
    viewer,
    content,
    startMs,
    startPositionMs,
    isResume: fromPositionMs > 0,
    spans,
    marks: marksOf(spans, viewer, content, random.fork('marks')),
    ending,
    sequel: sequelOf(ending),
  }

  /** Press play: the player loads, and shows the pre-roll if there is one. SDKs open the session with the first ad. */
  function begin(): Ending | undefined {
    const preRoll = content.breaks.find(({ index }) => index === 0)
    const hasAds = preRoll !== undefined && !(viewer.isSubscriber && random.chance(0.8))
    const loadsFirst = !hasAds || !player.isSdk
    if (loadsFirst && !load()) return leaving()
    if (hasAds && !watchAds(screen, showingOf(preRoll), viewer, random)) return leaving()
    return loadsFirst || random.chance(0.5) || load() ? undefined : leaving()
  }

  /** False: it took too long for this viewer. */
  function load(): boolean {
    catchUp()
    const waitMs = Math.min(random.logNormal(6 * network.latencyMs + 300, 0.7), 30 * secondMs)
    screen.show(player.isStartBufferTold ? 'buffering' : 'startup', waitMs)
    return waitMs < 4 * secondMs || random.chance(0.6)
  }

  /** Play until something happens or the next stop is reached, whatever comes first. */
  function playOn(): Ending | undefined {
    catchUp()
    screen.enterChapter()
    const { interruption, atMs } = interruptions.next()
    const stopMs = nextStopMs(content, screen.positionMs)
    const toStopMs = Math.ceil((stopMs - screen.positionMs) / speed)
    const toInterruptionMs = Math.max(0, Math.round(atMs - playedMs))
    const forMs = Math.min(toInterruptionMs, toStopMs)
    const isAtStop = toStopMs <= toInterruptionMs
    screen.show('content', forMs, isAtStop ? stopMs : screen.positionMs + forMs * speed)
    playedMs += forMs
    if (isAtStop) return arrive()
    interruptions.renew(interruption, playedMs)
    return giveIn(interruption)
  }

  function arrive(): Ending | undefined {
    screen.leaveChapterAtEnd()
    const plan = breakAt(content, screen.positionMs)
    if (plan !== undefined && !shownBreaks.has(plan.index) && !viewer.isSubscriber) {
      shownBreaks.add(plan.index)
      if (!watchAds(screen, showingOf(plan), viewer, random)) return leaving()
    }
    return screen.positionMs === content.lengthMs ? 'complete' : undefined
  }

  function giveIn(interruption: Interruption): Ending | undefined {
    switch (interruption) {
      case 'leave':
        return leaving()
      case 'crash':
        return 'silence'
      case 'pause':
        return pause()
      case 'seek':
        seek()
        return undefined
      case 'hide':
        return hide()
      case 'return':
        screen.sampling = 'timer'
        return undefined
      case 'rebuffer':
      case 'stall':
        return wait(interruption === 'stall' ? 'stall' : 'buffering')
    }
  }

  function pause(): Ending | undefined {
    const forMs = random.logNormal(35 * secondMs, 1.6)
    if (forMs < pauseMaxMs) {
      screen.show('pause', forMs)
      // Who seeks in a pause is heard as one pause.
      if (!isLive(content) && random.chance(0.1)) seek()
      return undefined
    }
    screen.show('pause', idleEndMs)
    return 'end'
  }

  function seek(): void {
    const targetMs = seekTargetMs(content, screen.positionMs, random)
    if (targetMs === undefined) return
    screen.show(player.isSeekTold ? 'seek' : 'leap', random.logNormal(350, 0.8), targetMs)
    screen.enterChapter()
    if (random.chance(0.3)) screen.show('buffering', random.logNormal(500, 0.7))
  }

  /** Something else comes to the front: a page plays on unseen, an app is put to sleep and may not wake up. */
  function hide(): Ending | undefined {
    if (player.background === 'throttled') {
      screen.sampling = 'throttled'
      interruptions.plan('return', playedMs + random.exponential(4 * minuteMs))
      return undefined
    }
    const forMs = random.logNormal(minuteMs, 1.2)
    screen.sampling = 'asleep'
    screen.show('pause', forMs < sleepMaxMs ? forMs : minuteMs)
    screen.sampling = 'timer'
    return forMs < sleepMaxMs ? undefined : leaving()
  }

  /** The player waits for data; some viewers do not wait long. */
  function wait(kind: 'buffering' | 'stall'): Ending | undefined {
    const forMs = Math.min(random.logNormal(kind === 'stall' ? 9_000 : 2_500, 0.9), 4 * minuteMs)
    screen.show(kind, forMs)
    return forMs > 15 * secondMs && random.chance(0.4) ? leaving() : undefined
  }

  function leaving(): Ending {
    return player.isLeavingTold && !random.chance(0.1) ? 'end' : 'silence'
  }

  /** Live goes on without those who do not watch; whoever waits for data falls behind it, and stays so until then. */
  function catchUp(): void {
    const before = screen.spans.at(-1)
    if (isLive(content) && (before?.kind === 'pause' || before?.ad !== undefined)) {
      screen.positionMs = startMs + screen.nowMs
    }
  }

  function sequelOf(how: Ending): Sequel | undefined {
    const isHalfway = screen.positionMs > minuteMs && screen.positionMs < 0.9 * content.lengthMs
    if (isLive(content) || how === 'complete' || !isHalfway || !random.chance(0.45)) return undefined
    const positionMs = Math.floor(screen.positionMs / secondMs) * secondMs - 5 * secondMs
    return { afterMs: Math.round(minuteMs + random.logNormal(360 * minuteMs, 1.3)), positionMs }
  }
}
