/** JSON as a player sends it. */
export interface Body {
  readonly eventType: string
  readonly playerTime: { readonly ts: number; readonly playhead: number }
  readonly params?: Readonly<Record<string, unknown>>
  readonly qoeData?: Readonly<Record<string, unknown>>
}

/** A body and when it came in, epoch milliseconds. */
export interface Arrival {
  readonly atMs: number
  readonly body: Body
}

/** What the oracle reads in an event. It has its own eyes: nothing of `ingest/` is used here. */
export interface OracleEvent {
  readonly type: string
  readonly atMs: number
  /** Place in the order of arrival. */
  readonly nth: number
  /** As sent, and later in the pipeline as it is read. */
  readonly ts: number
  /** Milliseconds, as sent: what movement is judged on. */
  readonly playhead: number
  readonly text: string
  readonly params: Readonly<Record<string, unknown>>
  /** Quality values in either place; `qoeData` wins. */
  readonly quality: Readonly<Record<string, unknown>>
  readonly errorId: string
  readonly isExternal: boolean
  /** Names of player states, in lower case. */
  readonly ended: readonly string[]
  readonly started: readonly string[]
  /** The same as they were sent. */
  readonly startedAs: readonly string[]
}

export function readEvent({ atMs, body }: Arrival, nth: number): OracleEvent {
  const { eventType: type, playerTime, params = {}, qoeData = {} } = body
  const nameIn = (state: Readonly<Record<string, unknown>>): string => String(state['media.state.name'])
  const namesIn = (key: string): string[] =>
    type === 'statesUpdate' ? ((params[key] ?? []) as Readonly<Record<string, unknown>>[]).map(nameIn) : []
  const startedAs = type === 'stateStart' ? [nameIn(params)] : namesIn('statesStart')
  return {
    type,
    atMs,
    nth,
    // The lenient policy takes fractions.
    ts: Math.round(playerTime.ts),
    playhead: millisecondsOf(playerTime.playhead),
    text: JSON.stringify(body),
    params,
    quality: { ...params, ...qoeData },
    errorId: firstText(params['media.errorId'], qoeData['media.qoe.errorID'], params['media.qoe.errorID']),
    isExternal: (params['media.errorSource'] ?? qoeData['media.qoe.errorSource']) === 'external',
    ended: (type === 'stateEnd' ? [nameIn(params)] : namesIn('statesEnd')).map(lowerCase),
    started: startedAs.map(lowerCase),
    startedAs,
  }
}

/** Seconds of a playhead, as the project reckons with them. */
export function millisecondsOf(seconds: number): number {
  return Math.min(Math.max(Math.round(seconds * 1000), -9e15), 9e15)
}

const lowerCase = (name: string): string => name.toLowerCase()

function firstText(...values: readonly unknown[]): string {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? ''
}
