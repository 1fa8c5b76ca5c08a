/** The two requests that carry one event as their body. */
export const Endpoint = {
  /** `POST /api/v1/sessions`: takes `sessionStart` only. */
  sessions: 'sessions',
  /** `POST /api/v1/sessions/{sid}/events`: takes every other type. */
  events: 'events',
} as const
export type Endpoint = (typeof Endpoint)[keyof typeof Endpoint]
