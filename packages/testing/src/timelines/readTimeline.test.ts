import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { arrivalsOf, bodiesOf, readTimeline } from './readTimeline.ts'

const folder = mkdtempSync(join(tmpdir(), 'timeline-'))
const page = `# A short view

One ad, and ten seconds.

## Session

| parameter | value |
| --- | --- |
| \`media.id\` | "film" |
| \`media.length\` | 100 |

## Events

| at (s) | playhead (s) | event | with |
| --- | --- | --- | --- |
| 0 | 0 | sessionStart | \`media.qoe.bitrate\` 800, \`customMetadata.genre\` "a, \\"b\\"" |
| 0 | 0 | adBreakStart | |
| 0 | 0 | adStart | \`media.ad.id\` "ad", \`media.ad.length\` 5 |
| 5.5 | 0 | adComplete | \`qoeData.bitrate\` 1 |
| 5.5 | 0 | play | |
| 6..8 | 1..3 | ping | |
| 10..30 by 10 | 4 | ping | |
| 31 | 4 | statesUpdate | \`statesStart\` ["mute", "inFocus"] |

## Closed by

silence

## Result

| metric | value |
| --- | --- |
| Ad count | 1 |
`

/** The page with one text replaced by another. */
function read(replaced = '', by = '') {
  if (!page.includes(replaced)) throw new Error(`not in the page: ${replaced}`)
  const path = join(folder, 'short.md')
  writeFileSync(path, page.replace(replaced, by))
  return readTimeline(path)
}

test('a page is read as it is written', () => {
  const timeline = read()
  expect(timeline).toMatchObject({
    file: 'short.md',
    title: 'A short view',
    summary: 'One ad, and ten seconds.',
    session: { 'media.id': 'film', 'media.length': 100 },
    closedBy: 'silence',
    ads: [],
  })
  const rows = timeline.events.slice(3).map(({ atMs, playhead, type }) => `${atMs} ${playhead} ${type}`)
  expect(rows).toEqual([
    '5500 0 adComplete',
    '5500 0 play',
    '6000 1 ping',
    '7000 2 ping',
    '8000 3 ping',
    '10000 4 ping',
    '20000 4 ping',
    '30000 4 ping',
    '31000 4 statesUpdate',
  ])
})

test('a metric that is not listed is expected to be 0, no or none', () => {
  const texts = new Map(read().result.map(({ metric, text }) => [metric.title, text]))
  expect(texts.get('Ad count')).toBe('1')
  expect(texts.get('Pause events')).toBe('0')
  expect(texts.get('Content time spent')).toBe('0')
  expect(texts.get('Media starts')).toBe('no')
  expect(texts.get('Content segment')).toBe('none')
})

test('bodies are what a player posts: each value in its place, what is required filled in', () => {
  const bodies = bodiesOf(read(), 1_750_000_000_000)
  expect(bodies[0]).toEqual({
    eventType: 'sessionStart',
    playerTime: { playhead: 0, ts: 1_750_000_000_000 },
    params: {
      'analytics.trackingServer': 'stats.example.com',
      'analytics.reportSuite': 'timelines',
      'visitor.marketingCloudOrgId': 'PLAYHEAD@AdobeOrg',
      'media.contentType': 'vod',
      'media.playerName': 'timeline-player',
      'media.channel': 'timelines',
      'media.id': 'film',
      'media.length': 100,
    },
    qoeData: { 'media.qoe.bitrate': 800 },
    customMetadata: { genre: 'a, "b"' },
  })
  expect(bodies[1]?.params).toEqual({ 'media.ad.podIndex': 0, 'media.ad.podSecond': 0 })
  expect(bodies[2]?.params).toEqual({
    'media.ad.podPosition': 1,
    'media.ad.playerName': 'timeline-player',
    'media.ad.id': 'ad',
    'media.ad.length': 5,
  })
  expect(bodies[3]).toEqual({
    eventType: 'adComplete',
    playerTime: { playhead: 0, ts: 1_750_000_005_500 },
    qoeData: { bitrate: 1 },
  })
  expect(bodies.at(-1)?.params).toEqual({
    statesStart: [{ 'media.state.name': 'mute' }, { 'media.state.name': 'inFocus' }],
  })
})

test('a page may say when events arrive, which policy takes them, and which warnings they get', () => {
  const usual = read()
  expect([usual.policy, usual.warnings]).toEqual(['documented', undefined])
  const path = join(folder, 'late.md')
  writeFileSync(
    path,
    page
      .replace('## Session', '## Policy\n\nlenient\n\n## Session')
      .replace('| event | with |\n| --- |', '| event | with | arrives (s) |\n| --- | --- |')
      .replace(/^(\| .* \| (?:adStart|adBreakStart) .*)$/gm, '$1 2 |')
      .replace(/^(\| .* \| ping .*|\| .* \| (?:sessionStart|adComplete|play|statesUpdate) .*)$/gm, '$1 |')
      .concat('\n### Warnings\n\n| warning |\n| --- |\n| `equal_ts` |\n'),
  )
  const timeline = readTimeline(path)
  expect([timeline.policy, timeline.warnings]).toEqual(['lenient', ['equal_ts']])
  expect(
    arrivalsOf(timeline, 1_000_000)
      .map(({ atMs, body }) => `${atMs} ${body.eventType}`)
      .slice(0, 5),
  ).toEqual([
    '1000000 sessionStart',
    '1002000 adBreakStart',
    '1002000 adStart',
    '1005500 adComplete',
    '1005500 play',
  ])
})

test.each([
  ['a made-up metric', 'Ad count', 'Ads counted', 'timelines/short.md:33: unknown metric "Ads counted"'],
  [
    'a result of the wrong kind',
    'count | 1',
    'count | yes',
    ':33: Ad count: expected a whole number, got "yes"',
  ],
  ['a made-up event', '| play |', '| plays |', ':20: unknown event plays'],
  ['a made-up parameter', 'media.ad.id', 'media.ad.ident', ':18: unknown parameter media.ad.ident'],
  ['a value that is no JSON', '"film"', 'film', ':9: not a JSON value: film'],
  [
    'values that cannot be told apart',
    '"ad", ',
    '"ad" ',
    ':18: expected `key` value, …; got `media.ad.id` "ad" `media',
  ],
  [
    'a time that is none',
    '5.5 | 0 | play',
    'soon | 0 | play',
    ':20: expected 12, 1..14 or 10..90 by 10, got "soon"',
  ],
  ['a range that misses its end', 'by 10', 'by 15', ':22: "10..30 by 15" does not end at 30'],
  ['ranges of different lengths', '1..3', '1..4', ':21: 3 events with 4 playheads'],
  [
    'a column too few',
    '| play | |',
    '| play |',
    ':20: expected a row of 4 columns: at (s) | playhead (s) | event | with',
  ],
  [
    'another close than the events have',
    'silence',
    'sessionEnd',
    ':25: closed by sessionEnd, but the last event is statesUpdate',
  ],
  [
    'a made-up close',
    'silence',
    'boredom',
    ':25: expected sessionEnd, silence, stillness, age, end of list, got "boredom"',
  ],
  ['a made-up section', '## Closed by', '## Closes', ':25: unknown section "## Closes"'],
  ['a section twice', '## Closed by', '## Events', ':25: "## Events" stands twice'],
  ['no title', '# A short view', 'A short view', ':1: expected a title'],
  ['another table', '| metric |', '| name |', ':29: expected a table of metric | value, got name | value'],
])('%s is an error that says where', (_, replaced, by, message) => {
  expect(() => read(replaced, by)).toThrow(message)
})

test('a missing section is an error', () => {
  expect(() => read(page.slice(page.indexOf('## Closed'), page.indexOf('## Result')), '')).toThrow(
    'timelines/short.md:1: section "## Closed by" is missing',
  )
})

describe('README.md', () => {
  test('explains every close and every section', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../../timelines/README.md'), 'utf8')
    for (const word of ['sessionEnd', 'silence', 'stillness', 'age']) expect(readme).toContain(`\`${word}\``)
    const sections = [
      'Policy',
      'Session',
      'Events',
      'Closed by',
      'Result',
      'Ads',
      'Chapters',
      'Player states',
    ]
    for (const section of [...sections, 'Warnings']) expect(readme).toContain(`**${section}**`)
  })
})
