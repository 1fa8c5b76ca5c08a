import { stateName } from '../../i18n/stateName.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Lane } from './lanes.ts'

/** What a lane is called: a player state that nobody knows by its own name, the others in the language of the interface. */
export function laneName(
  { kind, name, metric }: Lane,
  text: Texts,
  titleOf: (metric: string) => string,
): string {
  const names = {
    content: text.content,
    break: text.podsAndBreaks,
    ad: text.ads,
    chapter: text.chapters,
    pause: text.pause,
    buffer: text.buffering,
    stall: text.stall,
    bitrate: text.bitrate,
    marks: text.quality,
    state: text.states,
  }
  if (name !== undefined) return stateName(text, name)
  return metric === undefined ? names[kind] : titleOf(metric)
}
