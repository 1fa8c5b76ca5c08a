import { Type } from 'typebox'

/**
 * Quality of experience: members of `qoeData`, allowed in `params` of every event as well (published pages use
 * both places). Any finite number passes, since SDKs send fractions such as 29.97.
 *
 * @see Adobe Analytics documentation, Media Collection API, validating requests (`mc-api-validate-reqs`)
 */
export const qoeParameters = {
  'media.qoe.bitrate': Type.Optional(Type.Number({ unit: 'kbps', description: 'Bitrate that is played.' })),
  'media.qoe.droppedFrames': Type.Optional(
    Type.Number({ unit: 'frames', description: 'Frames dropped since the session started (cumulative).' }),
  ),
  'media.qoe.framesPerSecond': Type.Optional(
    Type.Number({ unit: 'frames/s', description: 'Frame rate that is played.' }),
  ),
  'media.qoe.timeToStart': Type.Optional(
    Type.Number({ unit: 'ms', description: 'From the wish to play to the first frame.' }),
  ),
  'media.qoe.errorID': Type.Optional(
    Type.String({ description: 'Id of an error, free text; sent with `error`.' }),
  ),
  'media.qoe.errorSource': Type.Optional(
    Type.String({ description: '`player` or `external`; sent with `error`.' }),
  ),
}
