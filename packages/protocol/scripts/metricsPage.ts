import {
  adBreakDimensions,
  adDimensions,
  adMetrics,
  chapterDimensions,
  chapterMetrics,
  dataFeedColumns,
  type DimensionDefinition,
  type MetricDefinition,
  sessionDimensions,
  sessionMetrics,
  type ValueKind,
  catalogue,
} from '../src/index.ts'
import { table } from './markdown.ts'

/** `docs/metrics.md`: the catalogue, with every rule and every name. */
export function metricsPage(): string {
  return `# Metrics and dimensions

<!-- Generated from packages/protocol by \`npm run generate\`. Do not edit. -->

How each number of a session comes about, and what it is called. Worked sessions with all their numbers are in
[timelines/](../timelines/README.md).

**The model.** Events are taken in order. The time from one event to the next, by the device's clock (\`ts\`), is
attributed to what was going on after the first of them: main content playing, paused or buffering; or an ad, with a
state of its own; before the first \`play\`, and after \`sessionComplete\`, to nothing. Events that overtake each other
are put into order for five seconds; one that comes later than that books nothing, and the next is measured from the
latest. Where a device's clock jumped, the time between the arrivals of the two events counts once, and it goes on from there; a session never lasts longer than the server saw it, by more than its idle time-out.
A clock that is set forward by less than that time-out cannot be told from a player that was silent so long: the time counts, and \`ping_gap\` is warned of.
A downloaded list has one arrival for all its events, so their times are the device's alone, and a jump in them takes no time. Milliseconds are summed; a
report rounds once, half up, to whole seconds.

**Ads** count only between \`adBreakStart\` and \`adBreakComplete\`, also a single one. An \`adStart\` outside a break is
no ad, and its time is main content. An ad opens playing, whatever the content does. While an ad is open its
playhead is ignored. After a mid-roll content goes on as it was, without another \`play\`.

**Unique time played.** A step of content adds the stretch from its first to its last playhead. Where the playhead
went further than twice the step's length and a second, or went back, the viewer jumped at the step's beginning:
the stretch of the step's own length before the last playhead is added. Live playheads wrap at midnight.

**Content segment.** Live playheads count from where main content was first entered playing, through midnight; what lies
before that counts as its beginning.

**Stalls.** Samples are the events in play outside ad breaks; those less than a second after the last sample belong
to it. Three samples in a row with one playhead are a stall, from the first of them until the playhead goes on;
as far as it went in that last step is content, the rest is stall. No stall is found between an \`adStart\` outside
a break and its end, where the playhead is frozen by design.

**Flags** are reported as \`true\` or not at all, counts and durations also when they are 0.

## Session metrics

${metrics(sessionMetrics)}

## Ad metrics

${metrics(adMetrics)}

## Chapter metrics

${metrics(chapterMetrics)}

## Player states

The first ten different names of a session, told apart without regard to letter case. Each has \`set\`, \`count\` (times
it was entered) and \`time\` (seconds it was on, through pauses, buffering and ads), as context data
\`a.media.states.<name in lower case>.<leaf>\` and in XDM as \`states[]\` with \`name\`, \`isSet\`, \`count\`, \`time\`.

## Session dimensions

${dimensions(sessionDimensions)}

Also reported: the session's id (\`a.media.vsid\`, \`sessionDetails.ID\`), the content id as media path
(\`a.media.path\`), genres one by one (\`sessionDetails.genreList\`), and custom metadata (\`c.<key>\`,
\`customMetadata[]\` of \`name\` and \`value\`; ads and chapters have those of the session too, their own first). The kind of
hit is \`sessionDetails.pev3\`: \`video\` of closed sessions and of chapters, \`videoAd\` of ads; with it
\`sessionDetails.pccr\` is true. A content type that was not sent is \`missing_content_type\`.

## Ad dimensions

${dimensions([...adDimensions, ...adBreakDimensions])}

## Chapter dimensions

${dimensions(chapterDimensions)}

## In reports

The [reporting API](reference/reporting-api.md) adds the figures of many sessions up, or takes their mean where that is
said. Each counts at the time of the report that carries it: media starts, content resumes and media downloaded when the
session starts, ad starts when the ad starts, all else when the session, the ad or the chapter closes. Sessions without a
content id, and ads without an id, are in none of them.

Three things of Adobe's reports are left out, because nothing that Playhead takes carries them: **federated data**, which
tells what another organisation has shared; **media SDK error IDs**, which an SDK of another wire sent; and **schedule
data** (media schedule starts), for which a programme guide would have to be uploaded beside the sessions.

${table(
  ['metric', 'id', 'unit', 'reported at', 'rule'],
  catalogue.metrics.map(({ title, id, unit, reportedAt, rule }) => [title, code(id), unit, reportedAt, rule]),
)}

The player states in it are those that media SDKs know by name. Any other that players send is asked for in the same way:
\`states.<name>.set\` (streams in which it was on), \`states.<name>.count\`, \`states.<name>.time\` (seconds).

### Calculated metrics

${table(
  ['metric', 'id', 'unit', 'rule'],
  catalogue.calculatedMetrics.map(({ title, id, unit, rule }) => [title, code(id), unit, rule]),
)}

### Dimensions of reports

${table(
  ['dimension', 'id', 'of', 'type', 'unit', 'rule'],
  catalogue.dimensions.map(({ title, id, scope, type, unit = '', rule }) => [
    title,
    code(id),
    scope,
    type,
    unit,
    rule,
  ]),
)}

Custom metadata: \`c.<key>\`.

### Segments

${table(
  ['segment', 'id', 'rule'],
  catalogue.segments.map(({ title, id, rule }) => [title, code(id), rule]),
)}

### Panels

${table(
  ['panel', 'path', 'unit', "ids in Adobe's API", 'rule'],
  catalogue.panels.map(({ title, path, unit, adobeIds, rule }) => [
    title,
    code(path),
    unit,
    adobeIds.map(code).join(', '),
    rule,
  ]),
)}
`
}

function metrics(definitions: readonly MetricDefinition[]): string {
  return table(
    ['metric', 'rule', 'unit', 'context data', 'XDM `mediaReporting.`', 'data feed'],
    definitions.map(({ id, title, rule, kind, contextData, xdm }) => [
      title,
      rule,
      units[kind],
      code(contextData),
      code(xdm),
      code(dataFeedColumns[id]),
    ]),
  )
}

function dimensions(definitions: readonly DimensionDefinition[]): string {
  return table(
    ['dimension', 'parameter', 'context data', 'XDM `mediaReporting.`', 'data feed'],
    definitions.map(({ id, title, param, contextData, xdm }) => [
      title,
      code(param),
      code(contextData),
      code(xdm),
      code(dataFeedColumns[id]),
    ]),
  )
}

const units: Readonly<Record<ValueKind, string>> = {
  flag: 'flag',
  count: 'count',
  duration: 's',
  number: 'number',
  text: 'text',
  list: 'list',
}

function code(name: string | undefined): string {
  return name === undefined ? '' : `\`${name}\``
}
