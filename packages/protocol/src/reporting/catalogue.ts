import { adBreakDimensions, adDimensions } from './adDimensions.ts'
import { adMetrics } from './adMetrics.ts'
import type { Catalog } from './api/catalog.ts'
import type { Filter } from './api/reportRange.ts'
import { calculatedMetrics } from './calculatedMetrics.ts'
import { chapterDimensions } from './chapterDimensions.ts'
import { chapterMetrics } from './chapterMetrics.ts'
import { dataFeedColumns } from './dataFeedColumns.ts'
import { columnOf, type DimensionDefinition, type MetricDefinition } from './definition.ts'
import { panels } from './panels.ts'
import { contentTypes, segments, streamTypes } from './segments.ts'
import { sessionDimensions } from './sessionDimensions.ts'
import { sessionMetrics } from './sessionMetrics.ts'
import { knownStates, stateMetrics } from './stateMetrics.ts'

/** What a value belongs to. */
export type Scope = 'session' | 'ad' | 'chapter'

/** The report that carries a value; its time decides in which interval the value counts. */
export type ReportedAt = 'sessionStart' | 'sessionClose' | 'adStart' | 'adClose' | 'chapterClose'

/** A metric as reports have it: one figure of many sessions, ads or chapters. */
export interface ReportMetric extends MetricDefinition {
  readonly scope: Scope
  readonly reportedAt: ReportedAt
  readonly unit: 'count' | 'seconds' | 'kbps' | 'fps' | 'number'
  /**
   * How one figure is made of many: added up; their mean, each of equal weight or by its media time; or the number
   * of different visitors.
   */
  readonly total: 'sum' | 'mean' | 'meanByTime' | 'visitors'
  /** It has no column of its own: a session counts where one of these is neither absent nor 0. */
  readonly anyOf?: readonly MetricDefinition[]
}

/** A dimension as reports have it. */
export interface ReportDimension {
  readonly id: string
  readonly title: string
  readonly rule: string
  readonly scope: Scope
  /** `list`: a session counts in full for each of its values. */
  readonly type: 'text' | 'number' | 'flag' | 'list'
  /** Of what is a measure; places in an order have none. */
  readonly unit?: 'seconds' | 'kbps' | 'count'
  /** The store's column; of the two that are of the clock, what is asked of it. */
  readonly column: string
  /** Of the session as a whole: goes with metrics of the session only. */
  readonly isOfSessionOnly?: true
  /** Milliseconds in the store, whole seconds in reports. */
  readonly isDuration?: true
  /** Text that players send: an empty one counts as not sent. */
  readonly isSent?: true
  /**
   * Values are one whatever their letter case. These are written as here, others as whoever was first in the range wrote
   * them.
   */
  readonly spellings?: readonly string[]
  readonly contextData?: string
  readonly xdm?: string
}

/** A named choice of sessions. */
export interface Segment {
  readonly id: string
  readonly title: string
  readonly rule: string
  readonly filters: readonly Filter[]
}

const startMetrics: ReadonlySet<string> = new Set(['mediaStarts', 'contentResumes', 'mediaDownloaded'])
const isFigure = ({ kind }: MetricDefinition) => kind !== 'text' && kind !== 'list'

const meanRules = {
  mean: 'Of many sessions: the mean of those that have one.',
  meanByTime: 'Of many sessions: their mean, weighted by media time spent.',
} as const

/** What a content type that was not sent is reported as. */
export const contentTypeMissing = 'missing_content_type'
const caseRule = ' Letter case does not matter.'
const spellingsOf: Readonly<Record<string, readonly string[]>> = {
  contentType: [...contentTypes, contentTypeMissing],
  streamType: streamTypes,
}

/** Every metric that can be added up or averaged. */
export const reportMetrics: readonly ReportMetric[] = [
  ...sessionMetrics
    .filter(isFigure)
    .map((metric) =>
      figure(metric, 'session', startMetrics.has(metric.id) ? 'sessionStart' : 'sessionClose'),
    ),
  {
    id: 'uniqueViewers',
    title: 'Unique viewers',
    kind: 'count',
    rule: 'Different visitors among those who started a session. Exact up to some thousands, then within about 1 %.',
    scope: 'session',
    reportedAt: 'sessionStart',
    unit: 'count',
    total: 'visitors',
  },
  streamsWith(
    'timeToStartStreams',
    'Streams with a time to start',
    'The player sent a time to start other than 0.',
    ['timeToStart'],
  ),
  streamsWith(
    'qualityStreams',
    'Streams with quality figures',
    'The player sent a bitrate, a frame rate, a time to start or a number of dropped frames other than 0. A stream whose figures are all 0 is left out: of the last two, 0 and not sent are stored alike.',
    ['averageBitrate', 'framesPerSecond', 'timeToStart', 'droppedFrames'],
  ),
  ...adMetrics
    .filter(isFigure)
    .map((metric) => figure(metric, 'ad', metric.id === 'adStarts' ? 'adStart' : 'adClose')),
  ...chapterMetrics.filter(isFigure).map((metric) => figure(metric, 'chapter', 'chapterClose')),
]

/** Every dimension of the catalogue; `c.<key>` for custom metadata comes on top. */
export const reportDimensions: readonly ReportDimension[] = [
  ...sessionDimensions.map((dimension) => sent(dimension, 'session')),
  list('genres', 'Genres', 'genre_list', 'Each of the genres that are listed in `media.genre`.', {
    xdm: 'sessionDetails.genreList',
  }),
  {
    id: 'mediaSessionId',
    title: 'Media session ID',
    rule: 'The id in the `Location` of the session.',
    scope: 'session',
    type: 'text',
    column: 'sid',
    contextData: 'a.media.vsid',
    xdm: 'sessionDetails.ID',
  },
  {
    id: 'mediaPath',
    title: 'Media path',
    rule: 'The content id under another name.',
    scope: 'session',
    type: 'text',
    column: 'content_id',
    contextData: 'a.media.path',
  },
  made(
    'visitor',
    'Visitor',
    'text',
    'The best id there is: Experience Cloud, Analytics, custom, or the session.',
  ),
  literal('mediaDownloaded', 'flag'),
  literal('contentSegment', 'text'),
  { ...literal('averageBitrateBucket', 'text'), unit: 'kbps' },
  literal('bitrateChanges', 'number'),
  literal('bufferEvents', 'number'),
  literal('totalBufferDuration', 'number'),
  literal('droppedFrames', 'number'),
  literal('errorEvents', 'number'),
  literal('timeToStart', 'number'),
  literal('playerSdkErrors', 'list'),
  literal('externalErrors', 'list'),
  {
    ...list(
      'playerStates',
      'Player states',
      'states.name',
      'Each of the states that were entered. Letter case does not matter.',
      { xdm: 'states[].name' },
    ),
    spellings: knownStates,
    isOfSessionOnly: true,
  },
  {
    id: 'clockWarnings',
    title: 'Clock warnings',
    rule: 'Each of `clock_offset`, `clock_backwards` and `clock_forwards` that was noted on the session: its device’s clock was wrong, or was set meanwhile.',
    scope: 'session',
    type: 'list',
    column: 'clock_warnings',
    isOfSessionOnly: true,
  },
  { ...made('status', 'Status', 'text', '`open` or `closed`.'), isOfSessionOnly: true },
  {
    ...made(
      'closeCause',
      'Cause of the close',
      'text',
      '`sessionEnd`, `downloaded`, `idle`, `still` or `age`.',
    ),
    isOfSessionOnly: true,
  },
  made(
    'hourOfDay',
    'Hour of the day',
    'number',
    '0 to 23 on the clock of the time zone, when it was reported.',
  ),
  made('dayOfWeek', 'Day of the week', 'number', '1 is Monday, 7 Sunday, when it was reported.'),
  ...[...adDimensions, ...adBreakDimensions].map((dimension) => sent(dimension, 'ad')),
  ...adMetrics.filter(({ id }) => id === 'podId').map((metric) => partId(metric, 'ad')),
  ...chapterDimensions.map((dimension) => sent(dimension, 'chapter')),
  ...chapterMetrics.filter(({ id }) => id === 'chapterId').map((metric) => partId(metric, 'chapter')),
]

/** `GET /reporting/v1/catalog`. */
export const catalogue: Catalog = {
  metrics: [
    ...reportMetrics.map(({ id, title, rule, scope, unit, reportedAt, total, contextData, xdm }) => ({
      id,
      title,
      rule: total === 'sum' || total === 'visitors' ? rule : `${rule} ${meanRules[total]}`,
      scope,
      unit,
      reportedAt,
      ...(total === 'visitors' && { isApproximate: true as const }),
      ...namesOf({ contextData, xdm }),
      ...feedOf(id),
    })),
    ...stateMetrics.map((metric) => ({
      ...metric,
      scope: 'session' as const,
      reportedAt: 'sessionClose' as const,
    })),
  ],
  calculatedMetrics: calculatedMetrics.map((metric) => ({ ...metric })),
  dimensions: reportDimensions.map(
    ({ id, title, rule, scope, type, unit, isOfSessionOnly, contextData, xdm }) => ({
      id,
      title,
      rule,
      scope,
      type,
      ...(unit !== undefined && { unit }),
      ...(isOfSessionOnly && { isOfSessionOnly }),
      ...namesOf({ contextData, xdm }),
      ...feedOf(id),
    }),
  ),
  segments: segments.map(({ id, title, rule }) => ({ id, title, rule })),
  panels: panels.map((panel) => ({ ...panel, adobeIds: [...panel.adobeIds] })),
}

function figure(metric: MetricDefinition, scope: Scope, reportedAt: ReportedAt): ReportMetric {
  const { id, kind } = metric
  if (id === 'averageBitrate') return { ...metric, scope, reportedAt, unit: 'kbps', total: 'meanByTime' }
  if (id === 'framesPerSecond') return { ...metric, scope, reportedAt, unit: 'fps', total: 'mean' }
  const unit = kind === 'duration' ? 'seconds' : kind === 'number' ? 'number' : 'count'
  return { ...metric, scope, reportedAt, unit, total: 'sum' }
}

/** What means of a mixed fleet are made over: a player that does not send a value must not make it smaller. */
function streamsWith(
  id: string,
  title: string,
  rule: string,
  values: readonly (typeof sessionMetrics)[number]['id'][],
): ReportMetric {
  const anyOf = sessionMetrics.filter((metric) => values.includes(metric.id))
  const report = { scope: 'session', reportedAt: 'sessionClose', unit: 'count', total: 'sum' } as const
  return { id, title, rule, kind: 'flag', ...report, anyOf }
}

function sent(dimension: DimensionDefinition, scope: Scope): ReportDimension {
  const { id, title, kind, param, unit, contextData, xdm } = dimension
  const spellings = spellingsOf[id]
  const missing = id === 'contentType' ? `; \`${contentTypeMissing}\` where it was not sent, or is blank` : ''
  return {
    id,
    title,
    rule: `\`${param}\`${missing}.${spellings ? caseRule : ''}`,
    scope,
    type: kind,
    ...(kind === 'text' && { isSent: true as const }),
    ...(spellings && { spellings }),
    ...(unit !== undefined && { unit }),
    column: columnOf(dimension),
    ...namesOf({ contextData, xdm }),
  }
}

/** A metric by its literal value in each session. */
function literal(id: (typeof sessionMetrics)[number]['id'], type: ReportDimension['type']): ReportDimension {
  const metric = sessionMetrics.find((each) => each.id === id)
  if (metric === undefined) throw new Error(`no metric ${id}`)
  const { title, rule, kind, ...names } = metric
  return {
    // Where a metric has the name, both may be asked for at once.
    id: isFigure(metric) ? `${id}Value` : id,
    title,
    rule: isFigure(metric) ? `The figure of each session. ${rule}` : rule,
    scope: 'session',
    type,
    ...(type === 'number' && { unit: kind === 'duration' ? ('seconds' as const) : ('count' as const) }),
    isOfSessionOnly: true,
    column: columnOf(metric),
    ...(kind === 'duration' && { isDuration: true as const }),
    ...namesOf(names),
  }
}

function list(
  id: string,
  title: string,
  column: string,
  rule: string,
  names: { readonly xdm: string },
): ReportDimension {
  return { id, title, rule, scope: 'session', type: 'list', column, ...names }
}

function made(id: string, title: string, type: ReportDimension['type'], rule: string): ReportDimension {
  return { id, title, rule, scope: 'session', type, column: columnOf({ id, title, kind: 'text' }) }
}

function partId(metric: MetricDefinition, scope: Scope): ReportDimension {
  const { id, title, rule, contextData, xdm } = metric
  return { id, title, rule, scope, type: 'text', column: columnOf(metric), ...namesOf({ contextData, xdm }) }
}

function namesOf({ contextData, xdm }: { contextData?: string | undefined; xdm?: string | undefined }) {
  return { ...(contextData !== undefined && { contextData }), ...(xdm !== undefined && { xdm }) }
}

function feedOf(id: string): { readonly dataFeed?: string } {
  const dataFeed = dataFeedColumns[id]
  return dataFeed === undefined ? {} : { dataFeed }
}
