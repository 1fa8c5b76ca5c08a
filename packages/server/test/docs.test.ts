import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemCode } from '@playhead/protocol'
import { expect, test } from 'vitest'
import { generatedFiles } from '../scripts/generatedFiles.ts'
import { findLimits, limitsIn } from '../scripts/limitsTable.ts'
import { metricTable } from '../src/telemetry/metricTable.ts'
import { settings } from '../src/setting.ts'

const root = join(import.meta.dirname, '../../..')
const operating = readFileSync(join(root, 'docs/operating.md'), 'utf8')

test.each([...(await generatedFiles())])('%s is current (else run generate)', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text)
})

test('every setting, limit, error code and metric has its line in docs/operating.md', () => {
  for (const name of Object.keys(settings)) expect(operating).toContain(`\n| \`PLAYHEAD_${name}\` `)
  for (const { name, reason } of findLimits()) {
    const line = operating.split('\n').find((row) => row.includes(`| \`${name}\` `) && row.includes(reason))
    expect(line, `a line of the limit ${name}`).toBeDefined()
  }
  for (const name of Object.keys(metricTable)) expect(operating).toContain(`\n| \`${name}\` `)
  for (const code of Object.values(ProblemCode)) expect(operating).toContain(`\n| [\`${code}\`](`)
})

test('limits are found by their names, wherever they are drawn', () => {
  const names = findLimits().map(({ stage, name }) => `${stage} ${name}`)
  expect(names).toEqual(
    expect.arrayContaining(['http requestTimeoutMs', 'log queueBytesMax', 'protocol problemsMax']),
  )
  const text = '/** So\n * long. */\nexport const waitMaxMs = 60 * 1000\nconst secondMs = 1000\n'
  expect(limitsIn('server/src/http/x.ts', text)).toEqual([
    { stage: 'http', name: 'waitMaxMs', value: 60_000, reason: 'So long.' },
  ])
})

test('a limit without a reason is refused', () => {
  expect(() => limitsIn('server/src/http/x.ts', 'const a = 1\nconst waitMaxMs = 5\n')).toThrow('waitMaxMs')
})
