/**
 * The closed set of event types on the collection wire. A published type list names nineteen of them; the
 * twentieth, `statesUpdate`, is described with the player states only.
 *
 * @see Adobe Analytics documentation, Media Collection API, events request (`mc-api-events-req`)
 */
export const EventType = {
  /** Opens a session: the intention to play. Allowed on the sessions request only. */
  sessionStart: 'sessionStart',
  /** The player entered playing: first start, and after a pause, buffering, a seek or a stall. */
  play: 'play',
  /** Heartbeat that carries the playhead. */
  ping: 'ping',
  /** The viewer paused; also sent when a seek starts. */
  pauseStart: 'pauseStart',
  /** The player waits for media. Ends with `play`. */
  bufferStart: 'bufferStart',
  /** Another bitrate is played; its value is in `qoeData`. */
  bitrateChange: 'bitrateChange',
  /** Playback error. Changes no state and closes nothing. */
  error: 'error',
  /** The main content reached its natural end. Does not close the session. */
  sessionComplete: 'sessionComplete',
  /** Closes the session at once. */
  sessionEnd: 'sessionEnd',
  /** Opens an ad break (pod). */
  adBreakStart: 'adBreakStart',
  /** Closes the ad break; every ad in it is over. */
  adBreakComplete: 'adBreakComplete',
  /** An ad begins. */
  adStart: 'adStart',
  /** The ad played to its end. */
  adComplete: 'adComplete',
  /** The viewer skipped the ad. */
  adSkip: 'adSkip',
  /** A chapter begins. */
  chapterStart: 'chapterStart',
  /** The chapter ended by being played. */
  chapterComplete: 'chapterComplete',
  /** The viewer left the chapter early. */
  chapterSkip: 'chapterSkip',
  /** The player entered a state, such as full screen. */
  stateStart: 'stateStart',
  /** The player left a state. */
  stateEnd: 'stateEnd',
  /** Several states ended and started together. */
  statesUpdate: 'statesUpdate',
} as const
export type EventType = (typeof EventType)[keyof typeof EventType]

/** Every event type, in the order of the table above. */
export const eventTypes: readonly EventType[] = Object.values(EventType)

const known: ReadonlySet<unknown> = new Set(eventTypes)

/** Whether a value is the exact name of an event type; letter case counts. */
export function isEventType(value: unknown): value is EventType {
  return known.has(value)
}
