import { type Static, Type } from 'typebox'

const names = {
  id: Type.String(),
  title: Type.String(),
  rule: Type.String({ description: 'How it comes about, in words.' }),
}
const adobeNames = {
  contextData: Type.Optional(Type.String({ description: 'Analytics context data variable.' })),
  xdm: Type.Optional(Type.String({ description: 'Path below `mediaReporting` in XDM.' })),
  dataFeed: Type.Optional(Type.String({ description: 'Column of Analytics data feeds.' })),
}
const scope = Type.Enum(['session', 'ad', 'chapter'], {
  description:
    'What it belongs to. Metrics of ads and chapters go with dimensions of the session too, not the other way round.',
})

/** `GET /reporting/v1/catalog` */
export const catalog = Type.Object({
  metrics: Type.Array(
    Type.Object({
      ...names,
      scope,
      unit: Type.Enum(['count', 'seconds', 'kbps', 'fps', 'number']),
      reportedAt: Type.Enum(['sessionStart', 'sessionClose', 'adStart', 'adClose', 'chapterClose'], {
        description: 'The moment that decides in which interval it counts.',
      }),
      isApproximate: Type.Optional(Type.Literal(true, { description: 'See the rule for by how much.' })),
      ...adobeNames,
    }),
  ),
  calculatedMetrics: Type.Array(
    Type.Object({
      ...names,
      scope,
      unit: Type.Enum(['ratio', 'seconds', 'number']),
      of: Type.String({ description: 'Id of the metric, or `a-b`, that is divided.' }),
      by: Type.String({ description: 'Id of the metric that it is divided by.' }),
      reportedAt: Type.Optional(
        Type.Literal('sessionClose', {
          description: 'Both figures are those of the sessions that closed in the range.',
        }),
      ),
    }),
  ),
  dimensions: Type.Array(
    Type.Object({
      ...names,
      scope,
      type: Type.Enum(['text', 'number', 'flag', 'list']),
      unit: Type.Optional(
        Type.Enum(['seconds', 'kbps', 'count'], {
          description: 'Of what is a measure; texts, flags and places in an order have none.',
        }),
      ),
      isOfSessionOnly: Type.Optional(
        Type.Literal(true, {
          description:
            'Known of the session as a whole: only metrics of the session are broken down by it. As a filter it goes with all; of ads and chapters those count whose session it keeps.',
        }),
      ),
      ...adobeNames,
    }),
  ),
  segments: Type.Array(Type.Object(names)),
  panels: Type.Array(
    Type.Object({
      ...names,
      unit: Type.Enum(['count', 'seconds', 'number', 'ratio']),
      path: Type.String(),
      adobeIds: Type.Array(Type.String(), {
        description: "What Adobe's reporting API calls its metrics and dimensions.",
      }),
    }),
  ),
})
export type Catalog = Static<typeof catalog>
