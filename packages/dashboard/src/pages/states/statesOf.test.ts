import { expect, test } from 'vitest'
import { statesOf } from './statesOf.ts'

const known = { fullScreen: 'Full screen', mute: 'Mute' }
const row = (name: string | null) => ({ dimensions: { playerStates: name }, metrics: { mediaStarts: 1 } })

test('each state is there once, in the order of the rows, and written as it is known', () => {
  const sent = ['MUTE', 'theatre', null, 'fullscreen', 'Theatre', 'mute', 'fullScreen', '']
  expect(statesOf(sent.map(row), known).names).toEqual(['mute', 'theatre', 'fullScreen'])
})

test('as many as can be told apart', () => {
  expect(
    statesOf(
      Array.from({ length: 20 }, (_, nth) => row(`state ${nth}`)),
      known,
    ).names,
  ).toHaveLength(8)
})

test('names that are too long to be asked about are left out, and counted', () => {
  const [longest, tooLong] = ['🎬'.repeat(64), '🎬'.repeat(65)]
  expect(statesOf([tooLong, longest, 'mute'].map(row), known)).toEqual({
    names: [longest, 'mute'],
    tooLong: 1,
  })
})
