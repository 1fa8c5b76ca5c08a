import type { SessionReport as Report } from '@playhead/protocol/reporting'

/** `GET /reporting/v1/sessions/{sid}?events=1&explain=1` */
export type SessionReport = Report & Required<Pick<Report, 'events' | 'explanation'>>

export type { Interval, Stretch } from '@playhead/protocol/reporting'
export type { Explanation } from '@playhead/protocol/reporting'
