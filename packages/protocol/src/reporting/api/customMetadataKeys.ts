import { type Static, Type } from 'typebox'

const count = (of: string) => Type.Integer({ minimum: 0, description: `${of} that were sent with it.` })

/** `GET /reporting/v1/custom-metadata`: which keys players send; each is the dimension `c.<key>`, also of the ads and chapters of a session that was sent with it. */
export const customMetadataKeys = Type.Object({
  keys: Type.Array(
    Type.Object({
      key: Type.String(),
      sessions: count('Sessions'),
      ads: count('Ads'),
      chapters: count('Chapters'),
    }),
    { description: 'Those that most sessions have first.' },
  ),
})
export type CustomMetadataKeys = Static<typeof customMetadataKeys>
