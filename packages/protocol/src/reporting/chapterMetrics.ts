import type { MetricDefinition } from './definition.ts'

/** What is computed for each chapter, and reported when it closes. A chapter seen twice is two chapters. */
export const chapterMetrics = [
  {
    id: 'chapterStarts',
    title: 'Chapter starts',
    kind: 'flag',
    contextData: 'a.media.chapter.view',
    xdm: 'chapterDetails.isStarted',
    rule: '`chapterStart`.',
  },
  {
    id: 'chapterCompletes',
    title: 'Chapter completes',
    kind: 'flag',
    contextData: 'a.media.chapter.complete',
    xdm: 'chapterDetails.isCompleted',
    rule: '`chapterComplete` ended it; not `chapterSkip`, another chapter or the end of the session.',
  },
  {
    id: 'chapterTimeSpent',
    title: 'Chapter time spent',
    kind: 'duration',
    contextData: 'a.media.chapter.timePlayed',
    xdm: 'chapterDetails.timePlayed',
    rule: 'Content time spent while the chapter was open.',
  },
  {
    id: 'chapterId',
    title: 'Chapter',
    kind: 'text',
    contextData: 'a.media.chapter.name',
    xdm: 'chapterDetails.ID',
    rule: 'MD5 of the content id, an underscore, and the chapter index: the same chapter in every session.',
  },
] as const satisfies readonly MetricDefinition[]
