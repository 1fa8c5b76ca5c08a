import type { MediaEvent } from './mediaEvent.ts'

/** What has to be known of an event to note something about it. */
export type WarnedEvent = Pick<MediaEvent, 'seq' | 'type' | 'receivedAtMs'>

/** Something odd about one event. The warning changes no metric; it says so where the event was left out of them. */
export interface Warning extends WarnedEvent, FoundWarning {}

/** What was found odd. */
export interface FoundWarning {
  readonly code: WarningCode
  /** The value that it is about, where there is one to name. */
  readonly got?: string
}

/** Note something about an event. */
export function warningOf(event: WarnedEvent, code: WarningCode, got?: string): Warning {
  return { ...warnedOf(event), code, ...(got !== undefined && { got }) }
}

/** As much of an event as is kept with what it opened. */
export function warnedOf({ seq, type, receivedAtMs }: WarnedEvent): WarnedEvent {
  return { seq, type, receivedAtMs }
}

/** What an event can do wrong or oddly and still be taken. A closed set; documented in `docs/reference/diagnostics.md`. */
export const WarningCode = {
  duplicateEvent: 'duplicate_event',
  startRepeated: 'start_repeated',
  eventBeforeStart: 'event_before_start',
  eventAfterClose: 'event_after_close',
  clockOffset: 'clock_offset',
  clockBackwards: 'clock_backwards',
  clockForwards: 'clock_forwards',
  equalTs: 'equal_ts',
  pingGap: 'ping_gap',
  playMissing: 'play_missing',
  lengthTooLong: 'length_too_long',
  playheadBeyondLength: 'playhead_beyond_length',
  playheadInMilliseconds: 'playhead_in_milliseconds',
  playheadInUnixTime: 'playhead_in_unix_time',
  playheadLeap: 'playhead_leap',
  playheadStuck: 'playhead_stuck',
  stallLimit: 'stall_limit',
  completeTwice: 'complete_twice',
  adOutsideBreak: 'ad_outside_break',
  adNotEnded: 'ad_not_ended',
  adNeverEnded: 'ad_never_ended',
  adEndWithoutAd: 'ad_end_without_ad',
  adIdEmpty: 'ad_id_empty',
  breakNotEnded: 'break_not_ended',
  breakEndWithoutBreak: 'break_end_without_break',
  chapterNotEnded: 'chapter_not_ended',
  chapterEndWithoutChapter: 'chapter_end_without_chapter',
  bitrateInBps: 'bitrate_in_bps',
  bitrateMissing: 'bitrate_missing',
  timeToStartInSeconds: 'time_to_start_in_seconds',
  timeToStartTooLong: 'time_to_start_too_long',
  qualityOutOfRange: 'quality_out_of_range',
  errorWithoutId: 'error_without_id',
  errorLimit: 'error_limit',
  partLimit: 'part_limit',
  textClipped: 'text_clipped',
  warningLimit: 'warning_limit',
  stateLimit: 'state_limit',
  stateEndWithoutStart: 'state_end_without_start',
  contentIdEmpty: 'content_id_empty',
} as const
export type WarningCode = (typeof WarningCode)[keyof typeof WarningCode]

/** Those that say that a device's clock is wrong, or was set while the session ran. */
export const clockWarnings: readonly WarningCode[] = [
  WarningCode.clockOffset,
  WarningCode.clockBackwards,
  WarningCode.clockForwards,
]

/** What each code means, and what to do about it in the player. */
export const warningTexts: Readonly<
  Record<WarningCode, { readonly message: string; readonly hint: string }>
> = {
  duplicate_event: {
    message: 'The same event, with the same body, had arrived before; it was counted once.',
    hint: 'Harmless where a player repeats what it got no answer to; otherwise look for a listener that is attached twice.',
  },
  start_repeated: {
    message:
      'The same sessionStart had arrived from the same client within the last minute, and its session had no event yet: it was answered with that session, and counted once.',
    hint: 'The answer to the first one was lost or late. If it happens often, look at the network and at how long the player waits for an answer.',
  },
  event_before_start: {
    message: 'The event is older than its session’s start, by ts, and changed nothing.',
    hint: 'Empty the queue of events when a playback ends: these seem to belong to an earlier one.',
  },
  event_after_close: {
    message:
      'The event came after the session’s close, or happened after its sessionEnd, and changed nothing.',
    hint: 'Send nothing behind sessionEnd; after a time-out, open a new session with media.resume true.',
  },
  clock_offset: {
    message:
      'The device’s clock is more than five minutes off: the start’s ts is that far from its arrival, or a downloaded list ends that long after its upload.',
    hint: 'Durations are right all the same. Either the device’s clock is wrong, or the start waited in a queue.',
  },
  clock_backwards: {
    message:
      'The event’s ts is earlier than the time before it, by this much: the event came late, or the device’s clock was set back.',
    hint: 'Take ts when the event happens, from a clock that nobody sets while a session runs. After a clock was set back, time is counted from arrival to arrival once, and then by the new clock.',
  },
  clock_forwards: {
    message:
      'By the device’s clock, this much more time went by than the server saw. A step longer than the idle time-out does not count, nor does what makes a session longer than its events’ arrivals and that time-out.',
    hint: 'Take ts from a clock that nobody sets while a session runs, or open a new session when it was set, or when the device wakes. Events that waited in a queue, with a gap between them, look like this too.',
  },
  equal_ts: {
    message:
      'The event has the ts of the one before it; events of one instant are taken in the order that nests: what ends, what starts, what plays.',
    hint: 'Media SDKs do this too, and no number suffers. Where the order matters, add a millisecond.',
  },
  ping_gap: {
    message:
      'More than 90 seconds passed since the event before; all of it was attributed to what went on then.',
    hint: 'Send a ping every 10 seconds, also while paused. Devices that sleep, and background tabs, leave such gaps.',
  },
  play_missing: {
    message:
      'The playhead went on without a play, at first or after a pause or buffering: this time does not count as played.',
    hint: 'Send play when main content begins to play, also with autoplay, and whenever it goes on.',
  },
  length_too_long: {
    message:
      'A length is more than a week: it seems to be milliseconds, or a time stamp. Figures use it as it was sent.',
    hint: 'Send media.length, media.ad.length and media.chapter.length in seconds; of live content whose length is not known, 86400.',
  },
  playhead_beyond_length: {
    message: 'The playhead went beyond media.length.',
    hint: 'Both are seconds of the main content, ads excluded. Check the length, and what the playhead counts.',
  },
  playhead_in_milliseconds: {
    message: 'The playhead is more than ten times media.length: it seems to be milliseconds.',
    hint: 'The playhead is seconds, with a fraction if you like; only ts is milliseconds.',
  },
  playhead_in_unix_time: {
    message:
      'The playhead of live content is Unix time: its movement is taken as it is, its position as the second of the day.',
    hint: 'Send the seconds since midnight UTC.',
  },
  playhead_leap: {
    message:
      'The playhead jumped while content was playing, forwards or back; only what was played counts as watched.',
    hint: 'Announce a seek: pauseStart when it begins, play when it is done.',
  },
  playhead_stuck: {
    message: 'The playhead stood still for three events while content was said to play: this is a stall.',
    hint: 'Send bufferStart when the player waits for data, and pauseStart when the viewer pauses.',
  },
  stall_limit: {
    message:
      'More than 100 events, or 16 chapters, came within two seconds of a standing playhead: the time counts as played.',
    hint: 'Send one ping every 10 seconds, and an event when something happens: look for a loop in the player.',
  },
  complete_twice: {
    message: 'The session had been completed already; it counts once.',
    hint: 'Send sessionComplete once, when the main content has been seen to its end.',
  },
  ad_outside_break: {
    message: 'An ad began outside any ad break: it is no ad, and its time is main content.',
    hint: 'Send adBreakStart before the first ad and adBreakComplete after the last one, also around a single ad.',
  },
  ad_not_ended: {
    message:
      'An ad was ended by something else than adComplete or adSkip, or by nothing; it counts as not completed.',
    hint: 'Send adComplete when an ad was seen to its end, adSkip when it was left.',
  },
  ad_never_ended: {
    message:
      'The ad has been open for longer than it lasts, and the playhead has gone on by more than 10 seconds since: content seems to play, and counts as ad.',
    hint: 'Send adComplete, adSkip or adBreakComplete when an ad is over, also when it fails.',
  },
  ad_end_without_ad: {
    message: 'An ad was ended, but none was open; it changed nothing.',
    hint: 'Send adStart when an ad begins; see that the player does not end it twice.',
  },
  ad_id_empty: {
    message: 'The ad has no id: reports by ad leave it out.',
    hint: 'Set media.ad.id to what your ad server calls the ad.',
  },
  break_not_ended: {
    message:
      'An ad break was still open when the next one began, or the session ended; its ads count all the same.',
    hint: 'Send adBreakComplete when the last ad of a break is over.',
  },
  break_end_without_break: {
    message: 'An ad break was ended, but none was open; it changed nothing.',
    hint: 'Send adBreakStart when a break begins; see that the player does not end it twice.',
  },
  chapter_not_ended: {
    message:
      'A chapter was still open when the next one began, or the session ended; it counts as not completed.',
    hint: 'Send chapterComplete when a chapter was seen to its end, chapterSkip when it was left. Chapters cannot overlap.',
  },
  chapter_end_without_chapter: {
    message: 'A chapter was ended, but none was open; it changed nothing.',
    hint: 'Send chapterStart when a chapter begins; see that the player does not end it twice.',
  },
  bitrate_in_bps: {
    message:
      'The bitrate is above 100000, or 10000 of audio: kilobits per second are expected, and these seem to be bits. It is left out.',
    hint: 'Divide by 1000.',
  },
  bitrate_missing: {
    message: 'A bitrateChange without a bitrate: it counts as a change, the bitrate stays as it was.',
    hint: 'Put the new value into qoeData as media.qoe.bitrate.',
  },
  time_to_start_in_seconds: {
    message: 'The time to start is below 50: it is read as milliseconds, and seems to be seconds.',
    hint: 'Multiply by 1000.',
  },
  time_to_start_too_long: {
    message: 'The time to start is more than a minute longer than the session is old; it is left out.',
    hint: 'Send milliseconds from the viewer’s wish to the first picture, not a time stamp, nor the age of a page in the background.',
  },
  quality_out_of_range: {
    message: 'A quality value is below 0, or beyond anything a player can measure; it is left out.',
    hint: 'Send no value until one is known. Frames per second go to 1000, dropped frames to 100000000.',
  },
  error_without_id: {
    message: 'An error without an id: it counts, but nothing tells which it was.',
    hint: 'Put it into params as media.errorId, or into qoeData as media.qoe.errorID.',
  },
  error_limit: {
    message:
      'The session has 100 different error ids, or 8 KB of them, already: the error counts, its id is not listed.',
    hint: 'Name the kind of error; an id with a changing part in it (a time, an address) is another one each time.',
  },
  part_limit: {
    message:
      'The session has 10,000 ads, or 10,000 chapters, already: this one counts in the session and is not reported by itself.',
    hint: 'A day has room for fewer: look for a loop in the player that starts ads or chapters.',
  },
  text_clipped: {
    message:
      'A text is longer, or the event has more of them, than a session keeps: reports show the part in front. The archive has it whole.',
    hint: 'Keep texts below 1,024 bytes, all of a start below 32 KB, and those of an ad or a chapter below 4 KB.',
  },
  warning_limit: {
    message: 'The session has 1,000 warnings already: those after it are left out.',
    hint: 'Mend what the first ones name. `POST /reporting/v1/validate` tells all about one event.',
  },
  state_limit: {
    message: 'The session had ten different player states already; this one is left out.',
    hint: 'Name the states that matter; a name with a changing part in it makes a state of its own each time.',
  },
  state_end_without_start: {
    message: 'A player state was ended that was not on; it changed nothing.',
    hint: 'Send stateStart when the player enters a state; a new session begins with all of them off.',
  },
  content_id_empty: {
    message: 'The session has no content id: reports by content leave it out.',
    hint: 'Set media.id to what your catalogue calls the content.',
  },
}
