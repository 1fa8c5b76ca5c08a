import type { Scope } from './catalogue.ts'

/** A metric that is one figure divided by another; null where the other one is 0. */
export interface CalculatedMetric {
  readonly id: string
  readonly title: string
  readonly rule: string
  readonly scope: Scope
  readonly unit: 'ratio' | 'seconds' | 'number'
  /** Id of the metric, or of two with a minus sign between them. */
  readonly of: string
  readonly by: string
  /**
   * Where both figures are taken from, if not where each is reported. Starts are reported at once and what became of them
   * at the close: divided as they are reported, whoever still watches has dropped out, and has completed nothing.
   */
  readonly reportedAt?: 'sessionClose'
}

export const calculatedMetrics: readonly CalculatedMetric[] = [
  calculated('adsPerStream', 'Avg. ads per media stream', 'adStarts', 'mediaStarts', 'number', 'ad'),
  calculated(
    'chaptersPerStream',
    'Avg. chapters per media stream',
    'chapterStarts',
    'mediaStarts',
    'number',
    'chapter',
  ),
  ofClosed(
    calculated('averageMediaTimeSpent', 'Avg. media time spent', 'mediaTimeSpent', 'mediaStarts', 'seconds'),
  ),
  calculated(
    'averageContentTimeSpent',
    'Avg. content time spent',
    'contentTimeSpent',
    'contentStarts',
    'seconds',
  ),
  calculated('averageAdTimeSpent', 'Avg. ad time spent', 'adTimeSpent', 'adStarts', 'seconds', 'ad'),
  calculated(
    'averageChapterTimeSpent',
    'Avg. chapter time spent',
    'chapterTimeSpent',
    'chapterStarts',
    'seconds',
    'chapter',
  ),
  ofClosed(calculated('mediaCompletionRate', 'Media completion rate', 'contentCompletes', 'mediaStarts')),
  calculated('contentCompletionRate', 'Content completion rate', 'contentCompletes', 'contentStarts'),
  calculated('adCompletionRate', 'Ad completion rate', 'adCompletes', 'adStarts', 'ratio', 'ad'),
  calculated(
    'chapterCompletionRate',
    'Chapter completion rate',
    'chapterCompletes',
    'chapterStarts',
    'ratio',
    'chapter',
  ),
  ofClosed(calculated('dropBeforeStartRate', 'Drop before start rate', 'dropsBeforeStart', 'mediaStarts')),
  calculated(
    'contentPauseDurationRate',
    'Content pause duration rate',
    'totalPauseDuration',
    'contentTimeSpent',
  ),
  calculated(
    'contentBufferDurationRate',
    'Content buffer duration rate',
    'totalBufferDuration',
    'contentTimeSpent',
  ),
  calculated('contentTimeToStartRate', 'Content time-to-start rate', 'timeToStart', 'contentTimeSpent'),
  // The two that follow are Playhead's own: their sums over many sessions say nothing about any of them.
  calculated('averageTimeToStart', 'Avg. time to start', 'timeToStart', 'timeToStartStreams', 'seconds'),
  calculated(
    'averageDroppedFrames',
    'Avg. dropped frames',
    'droppedFrames',
    'qualityStreams',
    'number',
    'session',
    'A player that sends other figures of quality but not this one counts with 0; a stream whose figures of quality are all 0 is left out.',
  ),
  calculated('adTimeSpentRate', 'Ad time spent rate', 'adTimeSpent', 'contentTimeSpent', 'ratio', 'ad'),
  ofClosed(calculated('preRollDropRate', 'Pre-roll drop rate', 'mediaStarts-contentStarts', 'mediaStarts')),
]

function calculated(
  id: string,
  title: string,
  of: string,
  by: string,
  unit: CalculatedMetric['unit'] = 'ratio',
  scope: Scope = 'session',
  note?: string,
): CalculatedMetric {
  const rule = `\`${of}\` divided by \`${by}\`.`
  return { id, title, rule: note === undefined ? rule : `${rule} ${note}`, scope, unit, of, by }
}

function ofClosed(metric: CalculatedMetric): CalculatedMetric {
  const rule = `${metric.rule} Of the sessions that closed in the period: what becomes of an open one is not known yet.`
  return { ...metric, rule, reportedAt: 'sessionClose' }
}
