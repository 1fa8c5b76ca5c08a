import { Type } from 'typebox'

/**
 * `params` of `chapterStart`.
 *
 * @see Adobe Analytics documentation, Media Collection API, request parameters (`mc-api-req-params`)
 */
export const chapterParameters = {
  'media.chapter.index': Type.Integer({ description: 'Number of the chapter within the content, from 1.' }),
  'media.chapter.offset': Type.Number({
    unit: 's',
    description: 'Where in the main content the chapter begins; time in ads does not count.',
  }),
  'media.chapter.length': Type.Number({ unit: 's', description: 'Length of the chapter.' }),
  'media.chapter.friendlyName': Type.Optional(Type.String({ description: 'Title of the chapter.' })),
}
