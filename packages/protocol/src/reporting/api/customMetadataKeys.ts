import { type Static, Type } from 'typebox'

const count = (of: string) => Type.Integer({ minimum: 0, description: `${of} that have it.` })

/** `GET /reporting/v1/custom-metadata`: which keys players send; each is the dimension `c.<key>`. */
export const customMetadataKeys = Type.Object({
  keys: Type.Array(
    Type.Object({
      key: Type.String(),
      sessions: count('Sessions'),
      ads: count('Ads, by a key of their own or of their session,'),
      chapters: count('Chapters, by a key of their own or of their session,'),
    }),
    { description: 'Those that most sessions have first.' },
  ),
})
export type CustomMetadataKeys = Static<typeof customMetadataKeys>
