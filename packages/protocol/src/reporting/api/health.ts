import { type Static, Type } from 'typebox'

const player = {
  playerName: Type.Union([Type.String(), Type.Null()]),
  appVersion: Type.Union([Type.String(), Type.Null()]),
}

/** `GET /reporting/v1/diagnostics`: how well the versions of the players report. */
export const instrumentationHealth = Type.Object({
  players: Type.Array(
    Type.Object({
      ...player,
      sessions: Type.Integer(),
      soundSessions: Type.Integer({
        description: 'Sessions without a warning; `equal_ts` does not count, for SDKs cause it on purpose.',
      }),
      score: Type.Number({
        description: 'Their share of the sessions: 0 to 1, the best. Refused requests do not count.',
      }),
    }),
    { description: 'Those with most sessions first; 500 at most.' },
  ),
  warnings: Type.Array(
    Type.Object({
      code: Type.String(),
      ...player,
      events: Type.Integer(),
      sessions: Type.Integer(),
      exampleSid: Type.String({ description: 'One of the sessions, to look at.' }),
      exampleMessage: Type.String(),
      exampleHint: Type.Union([Type.String(), Type.Null()], { description: 'How it is mended.' }),
    }),
    {
      description:
        'A diagnostic code, by the player that caused it; those of most sessions first; 500 at most.',
    },
  ),
})
export type InstrumentationHealth = Static<typeof instrumentationHealth>
