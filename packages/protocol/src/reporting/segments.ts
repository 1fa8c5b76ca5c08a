import type { Segment } from './catalogue.ts'

/** The choices of sessions that Adobe's reports come with. Letter case does not matter. */
export const segments: readonly Segment[] = [
  { id: 'all', title: 'Media stream type: all', rule: 'Content exists, as in all reports.', filters: [] },
  {
    id: 'audio',
    title: 'Media stream type: audio',
    rule: 'Stream type is `audio`.',
    filters: [{ dimension: 'streamType', operator: 'equalsIgnoringCase', values: ['audio'] }],
  },
  {
    id: 'video',
    title: 'Media stream type: video',
    rule: 'Stream type is not `audio`; so one that was not sent is video.',
    filters: [{ dimension: 'streamType', operator: 'notEqualsIgnoringCase', values: ['audio'] }],
  },
  ofType('vod', 'VoD'),
  ofType('live', 'Live'),
  ofType('linear', 'Linear'),
  ofType('podcast', 'Podcast'),
  ofType('audiobook', 'Audiobook'),
  ofType('aod', 'AoD'),
]

function ofType(id: string, title: string): Segment {
  return {
    id,
    title: `Content type: ${title}`,
    rule: `Content type is \`${id}\`.`,
    filters: [{ dimension: 'contentType', operator: 'equalsIgnoringCase', values: [id] }],
  }
}
