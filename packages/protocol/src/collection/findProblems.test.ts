import { describe, expect, test } from 'vitest'
import { problemsMax } from './ProblemList.ts'
import { findProblems } from './findProblems.ts'

const ts = 1_750_000_000_000
const ping = (playerTime: object, more: object = {}) => ({ eventType: 'ping', playerTime, ...more })
const params = {
  'analytics.trackingServer': 'stats.example.com',
  'analytics.reportSuite': 'suite',
  'visitor.marketingCloudOrgId': 'ORG@AdobeOrg',
  'media.id': 'content',
  'media.length': 60,
  'media.contentType': 'vod',
  'media.playerName': 'player',
  'media.channel': 'channel',
}
const start = (changes: object, playhead = 0) => ({
  eventType: 'sessionStart',
  playerTime: { playhead, ts },
  params: { ...params, ...changes },
})

/** The only problem of a body, under the default policy. */
function onlyProblem(body: { eventType: string }) {
  const problems = findProblems(body, 'documented', body.eventType === 'sessionStart' ? 'sessions' : 'events')
  expect(problems).toHaveLength(1)
  return problems[0]
}

describe('a problem says what is wrong, where, and how to mend it', () => {
  test('a number in quotes', () => {
    expect(onlyProblem(start({ 'media.length': '60' }))).toEqual({
      code: 'wrong_type',
      pointer: '/params/media.length',
      message: 'params.media.length must be a number, got string "60"',
      expected: 'number',
      got: 'string "60"',
      hint: 'send the number without quotes',
    })
  })

  test('a time in seconds', () => {
    expect(onlyProblem(ping({ playhead: 0, ts: 1_750_000_000 }))).toEqual({
      code: 'ts_seconds',
      pointer: '/playerTime/ts',
      message: 'playerTime.ts must be in milliseconds since 1970, got number 1750000000',
      expected: 'integer from 100000000000 to 10413791999999',
      got: 'number 1750000000',
      hint: 'this looks like seconds: multiply by 1000, which gives 1750000000000',
    })
  })

  test.each([
    ['1750000000', 'send the number without quotes, in milliseconds'],
    ['1750000000000', 'send the number without quotes'],
    ['2025-06-15T15:06:40Z', 'send milliseconds since 1970, such as Date.now()'],
    [1_750_000_000.25, 'this looks like seconds: multiply by 1000, which gives 1750000000250'],
    [ts + 0.5, 'round it to a whole millisecond'],
    [ts * 1000, 'this looks like microseconds: divide by 1000'],
    [ts * 1_000_000, 'this looks like nanoseconds: divide by 1000000'],
  ])('a ts of %j', (sent, hint) => {
    expect(onlyProblem(ping({ playhead: 0, ts: sent }))?.hint).toBe(hint)
  })

  test.each([
    [1800, 60, 'is it in milliseconds? The playhead is in seconds: divide by 1000'],
    [60_000, 60, 'is it in milliseconds? The playhead is in seconds: divide by 1000'],
    [ts, 60, 'this looks like a time stamp: send the position in the content, in seconds'],
    [-1, 60, 'send 0 until the player knows its position'],
  ])('a session that starts at %d of %d s', (playhead, length, hint) => {
    expect(onlyProblem(start({ 'media.length': length }, playhead))).toMatchObject({
      code: 'playhead_out_of_range',
      pointer: '/playerTime/playhead',
      expected: '0 <= playhead < 60',
      hint,
    })
  })

  test('a required key that is misspelt', () => {
    const { 'media.contentType': contentType, ...others } = params
    const body = {
      ...start({}),
      params: { ...others, 'media.contenttype': contentType },
    }
    expect(onlyProblem(body)?.hint).toBe('"media.contenttype" is there: did you mean media.contentType?')
  })

  test.each([
    ['media.ID', 'did you mean media.id?'],
    ['media.nmae', 'did you mean media.name?'],
    ['show', 'did you mean media.show?'],
    ['media.ad.id', 'media.ad.id belongs to adStart'],
    ['media.ad.ids', 'did you mean media.ad.id? It belongs to adStart'],
    ['ts', 'ts belongs in playerTime'],
    ['colour', 'data of your own belong in customMetadata, as strings'],
  ])('the unknown key %s under strict', (key, hint) => {
    expect(findProblems(start({ [key]: 'x' }), 'strict', 'sessions')).toEqual([
      expect.objectContaining({ code: 'unknown_key', pointer: `/params/${key}`, hint }),
    ])
  })

  test.each([
    ['playertime', 'did you mean playerTime?'],
    ['playhead', 'playhead belongs in playerTime'],
    ['media.qoe.bitrate', 'media.qoe.bitrate belongs in qoeData'],
    ['bitrate', 'did you mean media.qoe.bitrate? It belongs in qoeData'],
  ])('the unknown member %s', (key, hint) => {
    expect(onlyProblem(ping({ playhead: 0, ts }, { [key]: 1 }))?.hint).toBe(hint)
  })

  test.each([
    ['ping ', 'ping'],
    ['PauseStart', 'pauseStart'],
    ['seekStart', 'pauseStart'],
    ['bufferComplete', 'play'],
    ['resume', 'play'],
    ['pign', 'ping'],
  ])('the unknown event type %j', (eventType, meant) => {
    expect(onlyProblem({ ...ping({ playhead: 0, ts }), eventType })?.hint).toBe(`did you mean ${meant}?`)
  })
})

describe('the playhead of a sessions request', () => {
  test.each([
    ['vod', 60, 59.999, true],
    ['vod', 60, 60, false],
    ['vod', 0, 1e6, true],
    ['vod', -1, 1e6, true],
    ['Live', 60, 86_399, true],
    ['liVe', 60, 86_400, false],
    ['LINEAR', 86_400, 0, true],
    ['livestream', 60, 61, false],
  ])('%s of %d s at %d', (contentType, length, playhead, isAccepted) => {
    const body = start({ 'media.contentType': contentType, 'media.length': length }, playhead)
    expect(findProblems(body, 'documented', 'sessions').length === 0).toBe(isAccepted)
    expect(findProblems(body, 'lenient', 'sessions')).toEqual([])
  })
})

describe('the lenient policy', () => {
  test.each([
    { eventType: 'somethingNew', playerTime: { playhead: -1, ts, zone: 'UTC' }, params: [], extra: null },
    { eventType: 'statesUpdate', playerTime: { playhead: 0, ts } },
    { eventType: 'adStart', playerTime: { playhead: 1e300, ts }, params: { 'media.ad.id': 7 } },
    {
      eventType: 'ping',
      playerTime: { playhead: 0, ts },
      customMetadata: { 'a b': { c: [1] } },
      qoeData: null,
    },
  ])('takes %j', (body) => {
    expect(findProblems(body, 'lenient', 'events')).toEqual([])
    expect(findProblems(body, 'documented', 'events')).not.toEqual([])
  })

  test('takes what third-party players put into a start', () => {
    const body = start(
      { 'media.length': -1, 'media.downloaded': true, 'media.channel': null, 'media.id': 4 },
      -3,
    )
    expect(findProblems(body, 'lenient', 'sessions')).toEqual([])
  })
})

describe('hostile bodies', () => {
  test('many problems are capped', () => {
    const customMetadata = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`k${index}`, index]),
    )
    expect(findProblems(ping({ playhead: 0, ts }, { customMetadata }), 'documented', 'events')).toHaveLength(
      problemsMax,
    )
    const statesStart = Array.from({ length: 100_000 }, () => 0)
    const update = { eventType: 'statesUpdate', playerTime: { playhead: 0, ts }, params: { statesStart } }
    expect(findProblems(update, 'documented', 'events')).toHaveLength(problemsMax)
  })

  test('width does not matter', () => {
    const strangers = Object.fromEntries(
      Array.from({ length: 200_000 }, (_, index) => [`media.x${index}`, 1]),
    )
    expect(findProblems({ ...start({}), params: strangers }, 'documented', 'sessions')).toHaveLength(8)
    expect(findProblems({ ...start({}), params: strangers }, 'strict', 'sessions')).toHaveLength(problemsMax)
  })

  test('depth does not matter', () => {
    const deep: unknown = JSON.parse(`${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`)
    expect(findProblems(deep, 'strict', 'events')).toHaveLength(1)
    expect(findProblems(ping({ playhead: 0, ts }, { params: { deep } }), 'documented', 'events')).toEqual([])
    expect(findProblems(ping({ playhead: deep, ts }), 'lenient', 'events')).toHaveLength(1)
  })

  test('names from the prototype of objects are names like any other', () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const inPlayerTime: unknown = JSON.parse(`{"playhead": 0, "ts": ${ts}, "${key}": {"a": 1}}`)
      const inParams: unknown = JSON.parse(`{"${key}": {"a": 1}}`)
      const body = { eventType: 'ping', playerTime: inPlayerTime, params: inParams }
      expect(findProblems(body, 'strict', 'events')).toEqual([
        expect.objectContaining({ code: 'unknown_key', pointer: `/params/${key}` }),
        expect.objectContaining({
          code: 'unknown_member',
          pointer: `/playerTime/${key}`,
          hint: 'data of your own belong in customMetadata, as strings',
        }),
      ])
    }
  })

  test('long keys and values are cut, characters stay whole', () => {
    const key = `${'k'.repeat(127)}${'😀'.repeat(100_000)}`
    const [problem] = findProblems(
      ping({ playhead: '😀'.repeat(100_000), ts }, { [key]: 1 }),
      'documented',
      'events',
    )
    expect(problem?.pointer).toBe(`/${'k'.repeat(127)}…`)
    expect(JSON.stringify(problem).length).toBeLessThan(600)
    expect(JSON.stringify(problem)).not.toMatch(/\\ud[89ab]/)
  })
})

describe('the lenient policy takes the time of a device', () => {
  const problemsOf = (time: number) => findProblems(ping({ playhead: 0, ts: time }), 'lenient', 'events')

  test.each([
    ['that has none yet, and stands in 1970', 5_427_383],
    ['that says it with a fraction', ts + 0.300048828125],
    ['that has just been switched on', 0],
  ])('%s', (_what, time) => {
    expect(problemsOf(time)).toEqual([])
    expect(findProblems(ping({ playhead: 0, ts: time }), 'documented', 'events')).toHaveLength(1)
  })

  test.each([
    ['in seconds', 1_750_000_000, 'ts_seconds'],
    ['in microseconds', ts * 1000, 'ts_too_large'],
    ['below 0', -1, 'ts_seconds'],
  ])('but not one %s', (_unit, time, code) => {
    expect(problemsOf(time)).toMatchObject([{ code, pointer: '/playerTime/ts' }])
  })
})
