import { expect, test } from 'vitest'
import { attributeStates, changeStates, type PlayerState, statesMax } from './playerStates.ts'

const started = (...names: string[]) => ({ ended: [], started: names })
const ended = (...names: string[]) => ({ ended: names, started: [] })

test('a state counts each time it begins, and the time while it is on', () => {
  let states: readonly PlayerState[] = []
  states = attributeStates(changeStates(states, started('mute')), 1000)
  states = attributeStates(changeStates(states, ended('mute')), 5000)
  states = attributeStates(changeStates(states, started('mute')), 200)
  expect(states).toEqual([{ name: 'mute', isOn: true, count: 2, timeMs: 1200 }])
})

test('starting what is on and ending what is off change nothing; letter case is no difference', () => {
  const once = changeStates([], started('Mute'))
  expect(changeStates(once, started('MUTE'))).toEqual(once)
  expect(changeStates(once, ended('fullScreen'))).toEqual(once)
  expect(changeStates(once, ended('mute'))).toEqual([{ name: 'Mute', isOn: false, count: 1, timeMs: 0 }])
})

test('a change ends before it starts: what it names in both lists begins anew', () => {
  const once = changeStates([], started('mute'))
  expect(changeStates(once, { ended: ['mute'], started: ['mute'] })).toMatchObject([{ isOn: true, count: 2 }])
})

test('one more than the limit is left out, those that are known go on', () => {
  const names = Array.from({ length: statesMax }, (_, nth) => `s${nth}`)
  const full = changeStates([], started(...names))
  expect(changeStates(full, started('one too many'))).toEqual(full)
  expect(changeStates(changeStates(full, ended('s0')), started('s0'))[0]).toMatchObject({ count: 2 })
})
