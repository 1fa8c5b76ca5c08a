/** Event `now` of `GET /reporting/v1/live`. See `docs/reference/reporting-api.md`. */
export interface LiveNow {
  readonly at: string
  readonly concurrent: Readonly<Record<Activity | 'total', number>>
  readonly content: readonly Ranked[]
  readonly players: readonly Ranked[]
  readonly eventsPerSecond: number
  readonly refusalsPerSecond: number
  readonly sessions: readonly LiveSession[]
  readonly refusals: readonly LiveRefusal[]
}

export const activities = ['playing', 'ad', 'paused', 'buffering', 'waiting'] as const
export type Activity = (typeof activities)[number]

export interface Ranked {
  readonly id: string
  readonly name: string
  readonly sessions: number
}

export interface LiveSession {
  readonly id: string
  readonly contentId: string | null
  readonly contentName: string | null
  readonly playerName: string | null
  readonly channel: string | null
  readonly startedAt: string
  readonly activity: Activity
  readonly playhead: number
}

export interface LiveRefusal {
  readonly at: string
  readonly sid: string | null
  readonly faults: readonly {
    readonly code: string
    readonly pointer: string
    readonly message: string
    readonly hint?: string
  }[]
  readonly body: string
}
