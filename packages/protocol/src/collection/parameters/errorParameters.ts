import { Type } from 'typebox'

/**
 * `params` of `error`: one of three shapes in use. The others are `media.qoe.errorID` and
 * `media.qoe.errorSource` in `qoeData`, and no id at all.
 *
 * @see Adobe Analytics documentation, Media Collection API, event types (`implementation/events/error`)
 */
export const errorParameters = {
  'media.errorId': Type.Optional(Type.String({ description: 'Id of the error, free text.' })),
  'media.errorSource': Type.Optional(
    Type.String({ description: '`player` or `external`; anything else counts as player.' }),
  ),
}
