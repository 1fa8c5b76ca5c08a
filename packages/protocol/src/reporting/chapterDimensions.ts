import type { DimensionDefinition } from './definition.ts'

/** What `chapterStart` says about the chapter. */
export const chapterDimensions: readonly DimensionDefinition[] = [
  {
    id: 'chapterName',
    title: 'Chapter name',
    kind: 'text',
    param: 'media.chapter.friendlyName',
    contextData: 'a.media.chapter.friendlyName',
    xdm: 'chapterDetails.friendlyName',
  },
  chapter('chapterIndex', 'Chapter position', 'media.chapter.index', 'a.media.chapter.position', 'index'),
  {
    ...chapter(
      'chapterOffset',
      'Chapter offset (s)',
      'media.chapter.offset',
      'a.media.chapter.offset',
      'offset',
    ),
    unit: 'seconds',
  },
  {
    ...chapter(
      'chapterLength',
      'Chapter length (s)',
      'media.chapter.length',
      'a.media.chapter.length',
      'length',
    ),
    unit: 'seconds',
  },
]

function chapter(
  id: string,
  title: string,
  param: string,
  contextData: string,
  leaf: string,
): DimensionDefinition {
  return { id, title, kind: 'number', param, contextData, xdm: `chapterDetails.${leaf}` }
}
