import { type Static, Type } from 'typebox'

const nullableText = Type.Union([Type.String(), Type.Null()])
const count = Type.Integer({ minimum: 0 })
const ranking = (of: string) =>
  Type.Array(Type.Object({ id: Type.String(), name: Type.String(), sessions: count }), {
    description: `${of} that most open sessions are of, most first; 20 at most.`,
  })

/** What an open session is doing; `waiting` is one that has not begun to play, or is over. */
export const activities = ['playing', 'ad', 'paused', 'buffering', 'waiting'] as const
export type Activity = (typeof activities)[number]

/** A session that is open, in short. */
export const liveSession = Type.Object({
  id: Type.String(),
  contentId: nullableText,
  contentName: nullableText,
  playerName: nullableText,
  channel: nullableText,
  startedAt: Type.String({ description: "When the start arrived, by the server's clock. ISO 8601, UTC." }),
  activity: Type.Enum([...activities]),
  playhead: Type.Number({ description: 'Seconds.' }),
})
export type LiveSession = Static<typeof liveSession>

/** A body that was not taken, and why. */
export const liveRefusal = Type.Object({
  at: Type.String({ description: 'ISO 8601, UTC.' }),
  sid: Type.Union([Type.String(), Type.Null()], { description: 'The session it was for; null for a start.' }),
  problems: Type.Array(
    Type.Object({
      code: Type.String(),
      pointer: Type.String(),
      message: Type.String(),
      hint: Type.Optional(Type.String()),
    }),
  ),
  body: Type.String({ description: 'As it came, 4 KB at most: whatever a stranger has sent.' }),
})
export type LiveRefusal = Static<typeof liveRefusal>

const rate = (what: string) =>
  Type.Union([Type.Number(), Type.Null()], {
    description: `${what} since the last look, of all report suites; null with a token that is for some of them.`,
  })

/** Event `now` of `GET /reporting/v1/live`: once a second, and at once when the stream begins. */
export const liveNow = Type.Object({
  at: Type.String({ description: 'ISO 8601, UTC.' }),
  concurrent: Type.Object(
    { total: count, playing: count, ad: count, paused: count, buffering: count, waiting: count },
    { description: 'Open sessions, and what they do.' },
  ),
  content: ranking('The contents'),
  players: ranking('The players'),
  eventsPerSecond: rate('Taken'),
  refusalsPerSecond: rate('Refused'),
  sessions: Type.Array(liveSession, { description: 'Those that began last, newest first; 20 at most.' }),
  refusals: Type.Array(liveRefusal, { description: 'What was refused last, newest first; 20 at most.' }),
})
export type LiveNow = Static<typeof liveNow>
