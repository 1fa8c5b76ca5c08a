import { Type } from 'typebox'
import { ProblemCode } from '../ProblemCode.ts'

/**
 * `params` of `sessionStart`: what is played, and by what.
 *
 * @see Adobe Analytics documentation, Media Collection API, request parameters (`mc-api-req-params`)
 */
export const contentParameters = {
  'media.id': Type.String({ description: 'Id of the content; reported as its name.' }),
  'media.name': Type.Optional(Type.String({ description: 'Title for people.' })),
  'media.length': Type.Number({
    unit: 's',
    description:
      'Length of the content. Live without a known length: 86400; linear: the length of the programme. Values that are not above 0 say that it is unknown.',
  }),
  'media.contentType': Type.String({
    description:
      'Kind of content, free text in any letter case. Known: vod, live, linear, ugc, dvod (video); song, podcast, audiobook, radio, aod (audio). live and linear decide how the playhead is read.',
  }),
  'media.streamType': Type.Optional(Type.String({ description: '`video` or `audio`.' })),
  'media.playerName': Type.String({ description: 'Name of the player.' }),
  'media.channel': Type.String({ description: 'App, site or property where the content is played.' }),
  'media.resume': Type.Optional(
    Type.Boolean({ description: 'Whether this session goes on where an earlier one stopped.' }),
  ),
  'media.downloaded': Type.Optional(
    Type.Unsafe<boolean>({
      type: 'boolean',
      enum: [false],
      description:
        'Whether the content was played from the device. A request with a single event can only be online: false.',
      problems: { enum: ProblemCode.downloadedNeedsArray },
    }),
  ),
  'media.sdkVersion': Type.Optional(Type.String({ description: 'Version of the player app.' })),
  'media.libraryVersion': Type.Optional(
    Type.String({ description: 'Version of the library that sends the events, such as `js-3.1.0`.' }),
  ),
}
