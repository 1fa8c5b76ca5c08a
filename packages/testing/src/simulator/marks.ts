import type { Content } from './content.ts'
import type { ErrorMark, Mark, Quality, QualityMark, Span, StatesMark } from './history.ts'
import type { PlayerApp } from './playerApp.ts'
import type { Random } from './random.ts'
import type { Viewer } from './viewer.ts'

const minuteMs = 60_000

/** What changes at single moments while a session goes on, in the order of time; all before its end. */
export function marksOf(spans: readonly Span[], viewer: Viewer, content: Content, random: Random): Mark[] {
  const endMs = spans.at(-1)?.toMs ?? 0
  const marks: Mark[] = [
    ...(content.streamType === 'video' ? pictureQuality(endMs, viewer, random) : []),
    ...timeToStart(spans),
    ...states(endMs, viewer.player, content, random),
    ...errors(endMs, random),
  ]
  return marks.filter(({ atMs }) => atMs < endMs).toSorted((a, b) => a.atMs - b.atMs)
}

/** The player tries a bitrate and changes it as the network lets it; frames are dropped in between. */
function pictureQuality(endMs: number, { network }: Viewer, random: Random): QualityMark[] {
  let droppedFrames = 0
  let bitrate = random.pick(network.bitrates)
  const marks = [quality(0, { bitrate, droppedFrames, framesPerSecond: random.pick([25, 29.97, 50]) })]
  for (const atMs of moments(endMs, 3 * minuteMs, random)) {
    const next = random.pick(network.bitrates)
    if (next === bitrate) {
      droppedFrames += random.whole(1, 40)
      marks.push(quality(atMs, { droppedFrames }))
    } else {
      bitrate = next
      marks.push({ ...quality(atMs, { bitrate }), isBitrateChange: true })
    }
  }
  return marks
}

/** How long the viewer waited for the first picture, ads left out: known when it is there. */
function timeToStart(spans: readonly Span[]): QualityMark[] {
  const first = spans.findIndex(({ kind }) => kind === 'content')
  if (first === -1) return []
  const waiting = spans.slice(0, first).filter(({ ad }) => ad === undefined)
  const waitMs = waiting.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  return [quality(spans[first]?.fromMs ?? 0, { timeToStart: waitMs })]
}

/** Full screen, sound and the like: some are on from the start, all may be switched. */
function states(endMs: number, player: PlayerApp, content: Content, random: Random): StatesMark[] {
  const fullScreen = player.library?.startsWith('js') ? 'fullScreen' : 'fullscreen'
  const picture = [fullScreen, 'closedCaptioning', ...(player.device === 'tv' ? [] : ['pictureInPicture'])]
  const names = content.streamType === 'audio' ? ['mute'] : ['mute', ...picture]
  const on = new Set(names.filter(() => random.chance(0.12)))
  if (player.device === 'tv' && content.streamType === 'video') on.add(fullScreen)
  const marks: StatesMark[] = on.size > 0 ? [{ kind: 'states', atMs: 0, ended: [], started: [...on] }] : []
  for (const atMs of moments(endMs, 8 * minuteMs, random)) {
    const name = random.pick(names)
    const isOn = on.delete(name)
    if (!isOn) on.add(name)
    // A picture in picture takes the place of the full screen.
    const ended = isOn ? [name] : name === 'pictureInPicture' && on.delete(fullScreen) ? [fullScreen] : []
    marks.push({ kind: 'states', atMs, ended, started: isOn ? [] : [name] })
  }
  return marks
}

function errors(endMs: number, random: Random): ErrorMark[] {
  const kinds = [
    { id: 'MEDIA_ERR_DECODE', source: 'player', weight: 3 },
    { id: 'manifest: 504 "gateway"', source: 'player', weight: 2 },
    { id: 'vast-303', source: 'external', weight: 2 },
  ] as const
  return moments(endMs, 45 * minuteMs, random).map((atMs) => {
    const { id, source } = random.weighted(kinds)
    return { kind: 'error', atMs, id, source }
  })
}

function quality(atMs: number, values: Partial<Quality>): QualityMark {
  return { kind: 'quality', atMs, isBitrateChange: false, values }
}

/** Moments that come once in `everyMs` on average, ascending, whole milliseconds. */
function moments(endMs: number, everyMs: number, random: Random): number[] {
  const found: number[] = []
  for (let atMs = random.exponential(everyMs); atMs < endMs; atMs += random.exponential(everyMs)) {
    found.push(Math.round(atMs))
  }
  return found
}
