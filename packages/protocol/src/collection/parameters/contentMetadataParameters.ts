import { Type } from 'typebox'

const text = (description: string) => Type.Optional(Type.String({ description }))

/**
 * `params` of `sessionStart`: standard descriptions of the content, all of them optional strings.
 *
 * @see Adobe Analytics documentation, Media Collection API, request parameters (`mc-api-req-params`); the audio
 * keys are those that the SDKs send
 */
export const contentMetadataParameters = {
  'media.streamFormat': text('Format of the stream, such as HD.'),
  'media.show': text('Programme or series.'),
  'media.season': text('Season of the show; a string, though it often is a number.'),
  'media.episode': text('Episode of the season; a string, though it often is a number.'),
  'media.assetId': text('Id of the asset in a content management system.'),
  'media.genre': text('Genres, separated by commas.'),
  'media.firstAirDate': text('First broadcast. Free form; YYYY-MM-DD sorts best.'),
  'media.firstDigitalDate': text('First appearance on a digital platform. Free form; YYYY-MM-DD sorts best.'),
  'media.rating': text('Age rating.'),
  'media.originator': text('Who made the content.'),
  'media.network': text('Network that broadcasts it.'),
  'media.showType': text('`0` full episode, `1` preview, `2` clip, `3` other; free otherwise.'),
  'media.adLoad': text('Kind of ad load.'),
  'media.pass.mvpd': text('Pay TV provider through which the viewer signed in.'),
  'media.pass.auth': text('`TRUE` when the viewer is authorised; a string, not a boolean.'),
  'media.dayPart': text('Part of the day of the broadcast.'),
  'media.feed': text('Feed of the broadcast, such as east or HD.'),
  'media.artist': text('Audio: artist or band.'),
  'media.album': text('Audio: album.'),
  'media.label': text('Audio: record label.'),
  'media.author': text('Audio: author, as of an audio book.'),
  'media.station': text('Audio: radio station.'),
  'media.publisher': text('Audio: publisher.'),
}
