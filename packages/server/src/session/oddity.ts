import type { MediaEvent } from './mediaEvent.ts'

/** Something odd about one event. None of it changes a metric. */
export interface Notice extends Pick<MediaEvent, 'seq' | 'type' | 'receivedAtMs'> {
  readonly oddity: Oddity
}

/** Note something about an event. */
export function noticeOf({ seq, type, receivedAtMs }: MediaEvent, oddity: Oddity): Notice {
  return { seq, type, receivedAtMs, oddity }
}

/** What an event can do wrong or oddly and still be taken. A closed set; documented in `docs/reference/diagnostics.md`. */
export const Oddity = {
  duplicateEvent: 'duplicate_event',
  eventBeforeStart: 'event_before_start',
  eventAfterClose: 'event_after_close',
  adOutsideBreak: 'ad_outside_break',
  playheadBeyondLength: 'playhead_beyond_length',
  clockBackwards: 'clock_backwards',
} as const
export type Oddity = (typeof Oddity)[keyof typeof Oddity]

/** What each oddity means, and what to do about it in the player. */
export const oddityTexts: Readonly<Record<Oddity, { readonly message: string; readonly hint: string }>> = {
  duplicate_event: {
    message: 'The same event, with the same body, had arrived before; it was counted once.',
    hint: 'Harmless where a player repeats what it got no answer to; otherwise look for a listener that is attached twice.',
  },
  event_before_start: {
    message: 'The event is older than its session’s start, by ts, and changed nothing.',
    hint: 'Empty the queue of events when a playback ends: these seem to belong to an earlier one.',
  },
  event_after_close: {
    message: 'The event came after the session’s close and changed nothing.',
    hint: 'Send nothing behind sessionEnd; after a time-out, open a new session with media.resume true.',
  },
  ad_outside_break: {
    message: 'An ad event outside any ad break: it is no ad, and its time is main content.',
    hint: 'Send adBreakStart before the first ad and adBreakComplete after the last one, also around a single ad.',
  },
  playhead_beyond_length: {
    message: 'The playhead went beyond media.length.',
    hint: 'Both are seconds of the main content, ads excluded. Check the length, and the unit of the playhead.',
  },
  clock_backwards: {
    message:
      'The event’s ts is earlier than that of the event before it; no time was booked between the two.',
    hint: 'Take ts when the event happens and send events in that order.',
  },
}
