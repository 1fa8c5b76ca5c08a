import { test } from 'vitest'
import { liveThroughCrashes } from '../../test/journal/lives.ts'

test('what was acknowledged, or read, is there after ten times as many lives of journals', async () => {
  await liveThroughCrashes(3000, 2)
})
