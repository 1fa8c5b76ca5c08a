import { expect, test } from 'vitest'
import { openProgress } from './progress.ts'

/** What is written while a command has done so much of 1,000 at each of these seconds. */
function written(
  isTerminal: boolean,
  ...told: readonly (readonly [second: number, done: number])[]
): string[] {
  let nowMs = 0
  const texts: string[] = []
  const progress = openProgress('rebuild', {
    write: (text) => texts.push(text),
    isTerminal,
    now: () => nowMs,
  })
  for (const [second, done] of told) {
    nowMs = second * 1000
    progress.tell(done, 1000)
  }
  progress.end()
  return texts
}

const clear = '\r\u001b[2K'

test('a terminal has one line, which is written anew and goes in the end', () => {
  expect(written(true, [0.1, 1], [0.2, 15], [0.3, 30], [6, 100])).toEqual([
    `${clear}rebuild: 1 %`,
    `${clear}rebuild: 10 %, 54 s left`,
    clear,
  ])
})

test('elsewhere there is a line every 10 s, and none of what is done sooner', () => {
  expect(written(false, [1, 100], [9, 900])).toEqual([])
  expect(written(false, [10, 250], [15, 300], [20, 500])).toEqual([
    'rebuild: 25 %, 30 s left\n',
    'rebuild: 50 %, 20 s left\n',
  ])
})

test('what is left is told in the largest unit that says enough', () => {
  expect(written(false, [60, 500])).toEqual(['rebuild: 50 %, 1 min left\n'])
  expect(written(false, [600, 500])).toEqual(['rebuild: 50 %, 10 min left\n'])
  expect(written(false, [600, 50])).toEqual(['rebuild: 5 %, 3 h 10 min left\n'])
})

test('what else there is to say is asked for only when a line is due', () => {
  const texts: string[] = []
  let nowMs = 0
  const progress = openProgress('simulate', {
    write: (text) => texts.push(text),
    isTerminal: false,
    now: () => nowMs,
  })
  const told: number[] = []
  for (nowMs = 5_000; nowMs <= 20_000; nowMs += 5_000) {
    progress.tell(nowMs, 40_000, () => {
      told.push(nowMs)
      return `${nowMs / 100} events`
    })
  }
  expect(texts).toEqual([
    'simulate: 25 %, 30 s left, 100 events\n',
    'simulate: 50 %, 20 s left, 200 events\n',
  ])
  expect(told).toEqual([10_000, 20_000])
})

test('a total that is not known yet, or is passed, makes no nonsense', () => {
  expect(written(false, [10, 0])).toEqual(['rebuild: 0 %\n'])
  expect(written(false, [10, 2000])).toEqual(['rebuild: 100 %, 0 s left\n'])
})
