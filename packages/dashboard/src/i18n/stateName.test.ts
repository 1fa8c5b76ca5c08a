import { expect, test } from 'vitest'
import { en } from './en/texts.ts'
import { stateName } from './stateName.ts'

test.each([
  ['mute', 'Mute'],
  ['fullscreen', 'Full screen'],
  ['Theatre', 'Theatre'],
  ['constructor', 'constructor'],
  ['__proto__', '__proto__'],
])('the player state %s is called %s', (name, title) => {
  expect(stateName(en, name)).toBe(title)
})
