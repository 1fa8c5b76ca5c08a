import { type Static, Type } from 'typebox'

/** Event `now` of `GET /reporting/v1/live`: once a second, and at once when the stream begins. */
export const liveNow = Type.Object({
  at: Type.String({ description: 'ISO 8601, UTC.' }),
  openSessions: Type.Integer(),
  byState: Type.Record(Type.String(), Type.Integer(), {
    description: '`starting`, `playing`, `ad`, `paused`, `buffering`, `ended`.',
  }),
  byContent: Type.Array(
    Type.Object({
      contentId: Type.String(),
      contentName: Type.Union([Type.String(), Type.Null()]),
      sessions: Type.Integer(),
    }),
    { description: 'The 20 with most sessions.' },
  ),
  byPlayer: Type.Array(Type.Object({ playerName: Type.String(), sessions: Type.Integer() })),
  eventsPerSecond: Type.Number({ description: 'Mean of the last 10 seconds.' }),
  refusalsPerSecond: Type.Number(),
})
export type LiveNow = Static<typeof liveNow>

/** Event `refusal`: a request that was not taken. */
export const liveRefusal = Type.Object({
  at: Type.String(),
  path: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  message: Type.String(),
})
export type LiveRefusal = Static<typeof liveRefusal>
