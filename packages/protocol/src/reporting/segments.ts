import type { Segment } from './catalogue.ts'

/** Content types that have a name, as they are written. */
const titleOfType = {
  vod: 'VoD',
  live: 'Live',
  linear: 'Linear',
  podcast: 'Podcast',
  audiobook: 'Audiobook',
  aod: 'AoD',
} as const
export const contentTypes: readonly string[] = Object.keys(titleOfType)
export const streamTypes: readonly string[] = ['audio', 'video']

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
  ...Object.entries(titleOfType).map(([id, title]) => ofType(id, title)),
  {
    id: 'withClockWarnings',
    title: 'Clock: with a warning',
    rule: 'The device’s clock was wrong at the start, or was set while the session ran.',
    filters: [{ dimension: 'clockWarnings', operator: 'exists' }],
  },
  {
    id: 'withoutClockWarnings',
    title: 'Clock: without a warning',
    rule: 'Nothing was noted on the device’s clock.',
    filters: [{ dimension: 'clockWarnings', operator: 'notExists' }],
  },
]

function ofType(id: string, title: string): Segment {
  return {
    id,
    title: `Content type: ${title}`,
    rule: `Content type is \`${id}\`.`,
    filters: [{ dimension: 'contentType', operator: 'equalsIgnoringCase', values: [id] }],
  }
}
