import { accepted, type Problem, ProblemCode, refused } from '@playhead/protocol'
import { expect, test } from 'vitest'
import { inSteps } from './inSteps.ts'

const problem: Problem = { code: ProblemCode.bodyEmpty, pointer: '', message: 'There is nothing.' }
const double = (value: number) => accepted(2 * value)
const later = async (value: number) => accepted(value + 1)

test('each step is given what the one before has found', async () => {
  expect(inSteps(double, double)(1)).toEqual(accepted(4))
  expect(await inSteps(double, later, double)(1)).toEqual(accepted(6))
})

test('behind the first that refuses there is none', async () => {
  const never = (): never => {
    throw new Error('it was called')
  }
  expect(inSteps(double, () => refused([problem]), never)(1)).toEqual(refused([problem]))
  expect(await inSteps(later, async () => refused([problem]), never)(1)).toEqual(refused([problem]))
})

test('what is thrown is thrown', async () => {
  const broken = async (): Promise<never> => {
    throw new Error('the disk is broken')
  }
  await expect(inSteps(double, broken, double)(1)).rejects.toThrow('the disk is broken')
})
