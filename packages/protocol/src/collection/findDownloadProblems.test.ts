import { describe, expect, test } from 'vitest'
import { findDownloadProblems } from './findDownloadProblems.ts'
import { readValidExamples } from '../../test/examples.ts'

const bodies = new Map(readValidExamples().map(({ name, body }) => [name, body]))
const start = { ...bodies.get('sessionStart') }
const downloaded = { ...start, params: { ...(start['params'] as object), 'media.downloaded': true } }
const play = bodies.get('play')
const end = bodies.get('sessionEnd')

const problemsOf = (list: unknown, endpoint: 'downloaded' | 'sessions' = 'downloaded') =>
  findDownloadProblems(list, 'documented', endpoint).map(({ code, pointer }) => `${pointer} ${code}`)

describe('a downloaded session', () => {
  test('is the list of its events, sessionStart first', () => {
    expect(problemsOf([downloaded, play, end])).toEqual([])
    expect(problemsOf([downloaded, play, end], 'sessions')).toEqual([])
  })

  test('need not say that it is one where nothing else is taken', () => {
    expect(problemsOf([start, play])).toEqual([])
    expect(problemsOf([start, play], 'sessions')).toEqual(['/0/params/media.downloaded download_not_flagged'])
  })

  test.each([
    ['no list', { ...start }, ' body_not_array'],
    ['an empty list', [], ' download_empty'],
    ['a list that begins with another event', [play, end], '/0/eventType event_type_not_allowed'],
    ['a list with a second start', [start, play, start], '/2/eventType event_type_not_allowed'],
    ['a list with something else in it', [start, 'play'], '/1 body_not_object'],
  ])('is not %s', (_what, list, problem) => {
    expect(problemsOf(list)).toEqual([problem])
  })

  test('is refused for any problem of any event, each at its place', () => {
    const late = { ...play, playerTime: { playhead: -1, ts: '0' } }
    expect(problemsOf([start, play, late])).toEqual([
      '/2/playerTime/playhead playhead_out_of_range',
      '/2/playerTime/ts wrong_type',
    ])
  })

  test('does not make a longer answer than any other body', () => {
    expect(problemsOf([start, ...Array.from({ length: 1000 }, () => ({}))])).toHaveLength(32)
  })
})
