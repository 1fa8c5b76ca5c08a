import { test } from 'vitest'
import { liveThroughCrashes } from '../../test/journal/lives.ts'

test('what was acknowledged, or read, is there after any number of crashes, power cuts, full disks and failed syncs', async () => {
  await liveThroughCrashes(300, 1)
})
