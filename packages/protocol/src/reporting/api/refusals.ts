import { type Static, Type } from 'typebox'
import { ProblemCode } from '../../collection/ProblemCode.ts'

/** One thing wrong with a request. */
export const reportedProblem = Type.Object(
  {
    code: Type.Enum(Object.values(ProblemCode), {
      description: 'From the closed list of docs/reference/problems.md.',
    }),
    pointer: Type.String({ description: 'JSON pointer into the body; empty for the whole.' }),
    message: Type.String({ description: 'One sentence for people.' }),
    expected: Type.Optional(Type.String({ description: 'What would be accepted there.' })),
    got: Type.Optional(Type.String({ description: 'What was sent, cut where it is long.' })),
    hint: Type.Optional(Type.String({ description: 'How to mend it.' })),
  },
  { title: 'Problem' },
)

const endpoint = Type.String({
  description:
    '`sessions`, `events` or `downloaded`: what it was sent to; `elsewhere` where there is nothing at its path.',
})

/** `GET /reporting/v1/refusals` */
export const refusalList = Type.Object({
  requests: Type.Integer({
    description:
      'Refused over the whole range, each counted once; of a flood also those that were not kept. With `code` or `sid`, or a token for some report suites: those of them that could be told apart.',
  }),
  reasons: Type.Array(
    Type.Object({
      endpoint,
      code: Type.String({ description: 'Of any of their problems: a request counts under each.' }),
      pointer: Type.String({ description: 'Where that problem is.' }),
      times: Type.Integer({
        description:
          'Requests refused with this problem. Of different ones that were too many to be kept only the problems that they share are counted, so there may have been more.',
      }),
      lastAt: Type.String({ description: 'ISO 8601, UTC.' }),
    }),
    { description: 'Over the whole range, most frequent first; 100 at most.' },
  ),
  refusals: Type.Array(
    Type.Object({
      at: Type.String({ description: 'ISO 8601, UTC.' }),
      endpoint,
      sid: Type.Union([Type.String(), Type.Null()], {
        description: 'The session it was for, as the path had it; null where it had none.',
      }),
      problems: Type.Array(reportedProblem),
      body: Type.String({ description: 'As it came, 4 KB at most: whatever a stranger has sent.' }),
      alike: Type.Integer({
        minimum: 1,
        description: 'Refusals of this kind that it stands for, itself included.',
      }),
    }),
    { description: 'Newest first.' },
  ),
})
export type RefusalList = Static<typeof refusalList>
