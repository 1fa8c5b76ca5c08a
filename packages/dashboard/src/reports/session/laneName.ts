import type { Texts } from '../../text/texts.ts'
import type { Lane } from './lanes.ts'

/** What a lane is called: a player state by its own name, the others in the language of the interface. */
export function laneName({ kind, name }: Lane, text: Texts): string {
  const names = {
    content: text.content,
    ad: text.ads,
    chapter: text.chapters,
    pause: text.pause,
    buffer: text.buffering,
    stall: text.stall,
    quality: text.bitrate,
    state: text.states,
  }
  return name ?? names[kind]
}
