/**
 * An app with a player and whatever sends its events: how closely it tells what happens, and how it sends. Modelled on
 * the published SDKs, and on two players that speak the API by themselves.
 */
export interface PlayerApp {
  readonly name: string
  readonly version: string
  readonly device: 'browser' | 'phone' | 'tablet' | 'tv'
  /** What `media.libraryVersion` says, if a library sends the events. */
  readonly library: string | undefined
  /** From one ping to the next, and in ads, milliseconds. */
  readonly pingMs: number
  readonly adPingMs: number
  /** Its timer looks at the time this often: pings come up to so much late, milliseconds. */
  readonly timerTickMs: number
  /** Playheads are cut to multiples of this, milliseconds: 1000 is a player that sends whole seconds. */
  readonly playheadStepMs: number
  /** From one `ts` to the next when several events happen at one moment: 0 sends equal ones, as the SDKs do. */
  readonly tsStepMs: 0 | 1
  /** Requests leave at multiples of this only, milliseconds; 0 is at once. */
  readonly sendTickMs: number
  /** Requests that may wait for their answers at once. */
  readonly inFlightMax: number
  /** A seek is told as `pauseStart` … `play`; otherwise only the next playhead shows it. */
  readonly isSeekTold: boolean
  /** The first filling of the buffer is told as `bufferStart`. */
  readonly isStartBufferTold: boolean
  /** The SDKs' habits: `play` behind `adStart`, after a break and a second after the first; parts closed at the end. */
  readonly isSdk: boolean
  /** `sessionEnd` when the viewer leaves; a browser page is closed without a word. */
  readonly isLeavingTold: boolean
  /** `sessionEnd` behind `sessionComplete`. */
  readonly isEndedAfterComplete: boolean
  /** Several states at once go as one `statesUpdate`. */
  readonly hasStatesUpdate: boolean
  /** What becomes of it when it is not looked at: it runs on and its timers are slowed down, or it is put to sleep. */
  readonly background: 'throttled' | 'suspended' | 'none'
  /** How many viewers use it, compared with the others. */
  readonly weight: number
}

const sdk = {
  pingMs: 10_000,
  adPingMs: 10_000,
  playheadStepMs: 1,
  tsStepMs: 0,
  isSeekTold: true,
  isStartBufferTold: true,
  isSdk: true,
  isLeavingTold: true,
  isEndedAfterComplete: false,
  hasStatesUpdate: false,
} as const

const ownPlayer = {
  library: undefined,
  pingMs: 10_000,
  adPingMs: 1_000,
  timerTickMs: 0,
  playheadStepMs: 1_000,
  tsStepMs: 1,
  sendTickMs: 0,
  inFlightMax: 1,
  isSeekTold: false,
  isStartBufferTold: false,
  isSdk: false,
  isLeavingTold: true,
  isEndedAfterComplete: true,
  hasStatesUpdate: true,
  background: 'none',
} as const

export const playerApps: readonly PlayerApp[] = [
  {
    ...sdk,
    name: 'web player',
    version: '7.2.0',
    device: 'browser',
    library: 'js-3.1.0',
    timerTickMs: 250,
    sendTickMs: 500,
    inFlightMax: 3,
    isLeavingTold: false,
    background: 'throttled',
    weight: 9,
  },
  {
    ...sdk,
    name: 'Android app',
    version: '5.14.1',
    device: 'phone',
    library: 'android-media-3.1.2',
    timerTickMs: 750,
    sendTickMs: 250,
    inFlightMax: 1,
    background: 'suspended',
    weight: 7,
  },
  {
    ...sdk,
    name: 'iOS app',
    version: '5.14.0',
    device: 'tablet',
    library: 'ios-media-5.0.1',
    adPingMs: 1_000,
    timerTickMs: 500,
    sendTickMs: 0,
    inFlightMax: 1,
    background: 'suspended',
    weight: 7,
  },
  {
    ...sdk,
    name: 'Cast receiver',
    version: '2.3.0',
    device: 'tv',
    library: 'cc-js-3.0.3',
    timerTickMs: 250,
    sendTickMs: 500,
    inFlightMax: 3,
    background: 'none',
    weight: 3,
  },
  { ...ownPlayer, name: 'TV app', version: '1.9.3', device: 'tv', weight: 4 },
  {
    ...ownPlayer,
    name: 'embedded player',
    version: '0.8.0',
    device: 'browser',
    adPingMs: 10_000,
    playheadStepMs: 1,
    isStartBufferTold: true,
    isLeavingTold: false,
    isEndedAfterComplete: false,
    hasStatesUpdate: false,
    background: 'throttled',
    weight: 3,
  },
]

/** Browsers wake the timers of pages that are not looked at once a minute. */
export const throttledPingMs = 60_000
