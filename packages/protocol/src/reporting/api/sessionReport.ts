import { type Static, Type } from 'typebox'

const nullableText = Type.Union([Type.String(), Type.Null()])
const time = (description: string) => Type.String({ description: `${description} ISO 8601, UTC.` })
const timeOrNull = (description: string) =>
  Type.Union([Type.String(), Type.Null()], { description: `${description} ISO 8601, UTC.` })
const values = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description })
const faces = {
  contextData: values('Metrics and dimensions by Analytics context data name: `a.media.timePlayed`.'),
  mediaReporting: values(
    'The same by XDM path: `sessionDetails.timePlayed`; with `customMetadata[]` of `name` and `value`.',
  ),
}

/** A session in short. */
export const sessionHead = Type.Object(
  {
    id: Type.String({ description: '64 hexadecimal digits.' }),
    status: Type.Enum(['open', 'closed']),
    isProvisional: Type.Boolean({ description: 'Whether the numbers may still change.' }),
    closeCause: Type.Union([Type.String(), Type.Null()], {
      description: '`sessionEnd`, `downloaded`, `idle`, `still` or `age`; null while it is open.',
    }),
    startedAt: time(
      "When the start arrived, by the server's clock; of a downloaded session when viewing began, by the device's.",
    ),
    lastEventAt: time(
      "When the last event happened: by the device's clock, set right by what that was ahead of the server's at the start. Never before `startedAt`, nor after the event arrived.",
    ),
    closedAt: timeOrNull(
      'When the session closed, by the same clock: `lastEventAt`, and what passed from then to a time-out. Never before `lastEventAt`; null while the session is open.',
    ),
    rulesVersion: Type.Integer(),
    contentId: nullableText,
    contentName: nullableText,
    playerName: nullableText,
    channel: nullableText,
    longestGap: Type.Number({
      description:
        'Longest time between two events, seconds: no duration is known more precisely at a change that was not announced.',
    }),
    mediaTimeSpent: Type.Number({ description: 'Content and ads, seconds.' }),
  },
  { title: 'SessionHead' },
)
export type SessionHead = Static<typeof sessionHead>

/** `GET /reporting/v1/sessions` */
export const sessionList = Type.Object({
  sessions: Type.Array(sessionHead, { description: 'Newest first, by `startedAt`.' }),
  next: Type.Union([Type.String(), Type.Null()], {
    description: '`before` of the next page; null: there is none.',
  }),
})
export type SessionList = Static<typeof sessionList>

const part = Type.Object({
  ordinal: Type.Integer({ description: '1 for the first one of the session.' }),
  startedAt: timeOrNull(
    "By the device's clock, set right by what that was ahead of the server's at the session's start.",
  ),
  closedAt: timeOrNull('By the same clock. Null while it is open.'),
  ...faces,
})

const interval = Type.Object(
  {
    fromSeq: Type.Integer(),
    toSeq: Type.Integer(),
    fromTs: Type.Integer({ description: "Epoch milliseconds of the device's clock." }),
    toTs: Type.Integer(),
    ms: Type.Integer({ description: '`toTs` - `fromTs`.' }),
  },
  { title: 'Interval', description: 'Time between two events that was attributed without a break.' },
)
export type Interval = Static<typeof interval>

const sum = Type.Object(
  { ms: Type.Integer(), intervals: Type.Array(interval) },
  { title: 'Sum', description: 'A duration, and the intervals that it is the sum of.' },
)
export type Sum = Static<typeof sum>

const playheads = {
  fromPlayhead: Type.Number({ description: 'Seconds of the content.' }),
  toPlayhead: Type.Number(),
}

const stretch = Type.Object(
  {
    ...playheads,
    ms: Type.Integer(),
    viewings: Type.Array(Type.Object({ fromSeq: Type.Integer(), toSeq: Type.Integer(), ...playheads }), {
      description: 'Between which events it was watched, in order; what was seen again is there again.',
    }),
  },
  { title: 'Stretch', description: 'A stretch of the content that was watched.' },
)
export type Stretch = Static<typeof stretch>

const explainedPart = Type.Object({
  ordinal: Type.Integer(),
  startSeq: Type.Integer(),
  endSeq: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: no event ended it.' }),
  timeSpent: sum,
})

/** The session right after an event. */
const momentAfter = Type.Object(
  {
    seq: Type.Integer(),
    ts: Type.Integer({ description: "Epoch milliseconds of the device's clock." }),
    playhead: Type.Number({ description: 'Of the content, seconds.' }),
    content: Type.Enum(['init', 'playing', 'paused', 'buffering', 'ended']),
    ad: Type.Union([
      Type.Object({ ordinal: Type.Integer(), play: Type.Enum(['playing', 'paused', 'buffering']) }),
      Type.Null(),
    ]),
    isInBreak: Type.Boolean(),
    chapter: Type.Union([Type.Integer(), Type.Null()], { description: "The chapter's ordinal." }),
    states: Type.Array(Type.String(), { description: 'Player states that are on.' }),
    bitrate: Type.Union([Type.Number(), Type.Null()], { description: 'kbit/s.' }),
    totals: Type.Object(
      {
        content: Type.Integer(),
        ad: Type.Integer(),
        pause: Type.Integer(),
        buffer: Type.Integer(),
        stall: Type.Integer(),
        undecided: Type.Integer({ description: 'May still turn out to be play time, or a stall.' }),
      },
      { description: 'Attributed so far, milliseconds.' },
    ),
  },
  { title: 'Moment', description: 'The session right after an event.' },
)
export type Moment = Static<typeof momentAfter>

/** Where each figure of a session comes from: `explain=1`. */
export const explanation = Type.Object(
  {
    rulesVersion: Type.Integer(),
    isOfReported: Type.Boolean({
      description: 'Whether these are the figures that are reported, with the rules and settings of today.',
    }),
    durations: Type.Object({
      contentTimeSpent: sum,
      adTimeSpent: sum,
      mediaTimeSpent: Type.Object({ ms: Type.Integer(), sumOf: Type.Array(Type.String()) }),
      uniqueTimePlayed: Type.Object({
        ms: Type.Integer(),
        stretches: Type.Array(stretch),
      }),
      totalPauseDuration: sum,
      totalBufferDuration: sum,
      totalStallDuration: sum,
    }),
    ads: Type.Array(explainedPart),
    chapters: Type.Array(explainedPart),
    states: Type.Array(Type.Object({ name: Type.String(), ...sum.properties })),
    causes: Type.Record(Type.String(), Type.Array(Type.Integer()), {
      description: 'By metric: the `seq` of the events after which the figure was another one than before.',
    }),
    moments: Type.Array(momentAfter, { description: 'In the order in which the events were applied.' }),
  },
  { title: 'Explanation' },
)
export type Explanation = Static<typeof explanation>

const diagnostic = Type.Object(
  {
    seq: Type.Integer(),
    eventType: Type.String(),
    code: Type.String({ description: 'From docs/reference/diagnostics.md and problems.md.' }),
    pointer: Type.String(),
    message: Type.String(),
    expected: Type.Optional(Type.String()),
    got: Type.Optional(Type.String()),
    hint: Type.Optional(Type.String()),
  },
  { title: 'Diagnostic' },
)

/** As sent; `seq`, `receivedAt` and `raw` are added, over members of such a name. */
const sentEvent = Type.Object(
  {
    seq: Type.Integer({
      description: 'Position among all events of the server; in a downloaded session the place in its list.',
    }),
    receivedAt: Type.Integer({ description: 'Epoch milliseconds.' }),
    raw: Type.String({
      description:
        'The JSON as it came: numbers as they were written, and members of whatever name. In a downloaded session its element of the list, written anew.',
    }),
    eventType: Type.String(),
    playerTime: Type.Object({ ts: Type.Number(), playhead: Type.Number() }),
    qoeData: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { title: 'SentEvent', description: 'An event as it was sent, all its members.' },
)

/** `GET /reporting/v1/sessions/{sid}` */
export const sessionReport = Type.Object({
  session: sessionHead,
  ...faces,
  ads: Type.Array(part),
  chapters: Type.Array(part),
  isSessionMetadataOnce: Type.Optional(
    Type.Literal(true, {
      description:
        "The session's custom metadata are too long to be repeated in each ad and chapter: these list their own alone.",
    }),
  ),
  states: Type.Array(
    Type.Object({
      name: Type.String(),
      isSet: Type.Literal(true),
      count: Type.Integer(),
      time: Type.Number({ description: 'Seconds.' }),
    }),
    { description: 'Player states.' },
  ),
  diagnostics: Type.Array(diagnostic, { description: 'What was odd, though it was taken.' }),
  events: Type.Optional(Type.Array(sentEvent, { description: 'With `events=1`.' })),
  areEventsGone: Type.Optional(
    Type.Literal(true, {
      description:
        'With `events=1` or `explain=1`: some or all of the events are not kept any more, so nothing explains the numbers.',
    }),
  ),
  explanation: Type.Optional(explanation),
})
export type SessionReport = Static<typeof sessionReport>
