/** `GET /reporting/v1/sessions/{sid}?events=1&explain=1`, as far as it is shown here. See `docs/reference/reporting-api.md`. */
export interface SessionReport {
  readonly session: {
    readonly id: string
    readonly status: 'open' | 'closed'
    readonly closeCause: string | null
    readonly startedAt: string
    readonly lastEventAt: string
    readonly closedAt: string | null
    readonly contentId: string | null
    readonly contentName: string | null
    readonly playerName: string | null
    readonly channel: string | null
    /** Seconds. */
    readonly longestGap: number
    readonly mediaTimeSpent: number
  }
  readonly contextData: Readonly<Record<string, unknown>>
  readonly ads: readonly PartReport[]
  readonly chapters: readonly PartReport[]
  readonly diagnostics: readonly Diagnostic[]
  readonly events: readonly SentEvent[]
  readonly explanation: Explanation
}

export interface PartReport {
  readonly ordinal: number
  readonly contextData: Readonly<Record<string, unknown>>
}

export interface Diagnostic {
  readonly seq: number
  readonly eventType: string
  readonly code: string
  readonly pointer: string
  readonly message: string
  readonly hint?: string
}

/** As sent, and when it came in (epoch milliseconds). */
export interface SentEvent {
  readonly seq: number
  readonly receivedAt: number
  readonly eventType: string
  readonly playerTime: { readonly ts: number; readonly playhead: number }
}

export interface Explanation {
  readonly isOfReported: boolean
  readonly durations: {
    readonly contentTimeSpent: Sum
    readonly adTimeSpent: Sum
    readonly mediaTimeSpent: { readonly ms: number; readonly sumOf: readonly string[] }
    readonly uniqueTimePlayed: {
      readonly ms: number
      readonly stretches: readonly {
        readonly fromPlayhead: number
        readonly toPlayhead: number
        readonly ms: number
      }[]
    }
    readonly totalPauseDuration: Sum
    readonly totalBufferDuration: Sum
    readonly totalStallDuration: Sum
  }
  readonly ads: readonly ExplainedPart[]
  readonly chapters: readonly ExplainedPart[]
  readonly states: readonly ({ readonly name: string } & Sum)[]
  readonly causes: Readonly<Record<string, readonly number[]>>
  readonly moments: readonly Moment[]
}

export interface Sum {
  readonly ms: number
  readonly intervals: readonly Interval[]
}

export interface Interval {
  readonly fromSeq: number
  readonly toSeq: number
  readonly fromTs: number
  readonly toTs: number
  readonly ms: number
}

export interface ExplainedPart {
  readonly ordinal: number
  readonly startSeq: number
  readonly endSeq: number | null
  readonly timeSpent: Sum
}

/** The session right after an event. */
export interface Moment {
  readonly seq: number
  readonly ts: number
  readonly playhead: number
  readonly content: 'init' | 'playing' | 'paused' | 'buffering' | 'ended'
  readonly ad: { readonly ordinal: number; readonly play: string } | null
  readonly isInBreak: boolean
  readonly chapter: number | null
  readonly states: readonly string[]
  readonly bitrate: number | null
  readonly totals: Readonly<Record<'content' | 'ad' | 'pause' | 'buffer' | 'stall' | 'undecided', number>>
}
