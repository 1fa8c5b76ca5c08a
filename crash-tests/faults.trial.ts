import { expect, test } from 'vitest'
import { createRandom } from '@playhead/testing/simulator/random.ts'
import { trials } from './trials.ts'

/** Far more than they take: only ever waited out by one that hangs. */
const timeoutMs = 300_000

test.for(trials)(
  '$id: nothing acknowledged is lost or counted twice',
  { timeout: timeoutMs },
  async (trial, { skip }) => {
    const obstacle = await trial.obstacle?.()
    if (obstacle !== undefined) skip(obstacle)
    const random = createRandom(`ci/${trial.id}`)
    const { acknowledged, lost, doubled, wrong } = await trial.run({
      count: trial.short,
      random,
      onProgress: () => {},
    })
    expect({ lost, doubled, wrong }).toEqual({ lost: 0, doubled: 0, wrong: [] })
    expect(acknowledged).toBeGreaterThan(0)
  },
)
