import { problemCatalogue } from '@playhead/protocol'
import { expect, test } from 'vitest'
import { sayProblem, titleOfCode } from './sayProblem.ts'
import { loadTexts } from './texts.ts'

const seconds = {
  code: 'ts_seconds',
  message: 'playerTime.ts must be in milliseconds since 1970, got 1750000010',
  hint: 'this looks like seconds: multiply by 1000, which gives 1750000010000',
}

test('in English a problem is said as the server told it', async () => {
  const text = await loadTexts('en')
  expect(sayProblem(text, seconds)).toEqual({
    title: seconds.message,
    remedy: seconds.hint,
    detail: undefined,
  })
  expect(titleOfCode(text, 'ts_seconds')).toBe('The time stamp is not in milliseconds')
})

test('in English, too, what a problem does not say of itself its code says', async () => {
  const said = sayProblem(await loadTexts('en'), {
    code: 'unknown_key',
    message: 'mine is not known for play',
  })
  expect(said.remedy).toBe(problemCatalogue.unknown_key.remedy)
})

test('in another language its code is explained, and what is special about the case stays', async () => {
  const text = await loadTexts('fr')
  expect(sayProblem(text, seconds)).toEqual({
    title: 'L’horodatage n’est pas en millisecondes',
    remedy: text.problems.ts_seconds.remedy,
    detail: `${seconds.message} (${seconds.hint})`,
  })
})

test('what a code says in general is not said twice', async () => {
  const { remedy: hint } = problemCatalogue.token_missing
  const said = sayProblem(await loadTexts('es'), { code: 'token_missing', message: 'no token', hint })
  expect(said.detail).toBe('no token')
  expect(said.remedy).toBe('Envíe Authorization: Bearer TOKEN o inicie sesión en el panel.')
})

test('a warning says nothing that its code does not', async () => {
  const text = await loadTexts('ja')
  const told = { code: 'equal_ts', message: 'The event has the ts of …', hint: 'Add a millisecond.' }
  expect(sayProblem(text, told)).toEqual({ ...text.warnings?.['equal_ts'], detail: undefined })
})

test('a code that is not known is said as it was told', async () => {
  for (const code of ['of_tomorrow', 'toString'])
    expect(sayProblem(await loadTexts('zh-Hans'), { code, message: 'So it is.' })).toEqual({
      title: 'So it is.',
      remedy: undefined,
      detail: undefined,
    })
})
