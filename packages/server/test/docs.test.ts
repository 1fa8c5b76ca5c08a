import { execFileSync } from 'node:child_process'
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
const collectionApi = readFileSync(join(root, 'docs/reference/collection-api.md'), 'utf8')

test.each([...(await generatedFiles())])('%s is current (else run generate)', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text)
})

test('every setting and metric has its line in docs/operating.md', () => {
  for (const name of Object.keys(settings)) expect(operating).toContain(`\n| \`PLAYHEAD_${name}\` `)
  for (const name of Object.keys(metricTable)) expect(operating).toContain(`\n| \`${name}\` `)
})

test('every error code has its line in the reference, with its status', () => {
  for (const code of Object.values(ProblemCode)) expect(collectionApi).toContain(`| [\`${code}\`](`)
})

test('every limit in the code has a reason above it', () => {
  const names = findLimits().map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['requestTimeoutMs', 'queueBytesMax', 'problemsMax']))
})

test('a limit is a number whose name says so', () => {
  const text = '/** So\n * long. */\nexport const waitMaxMs = 60 * 1000\nconst secondMs = 1000\n'
  expect(limitsIn('server/src/http/x.ts', text)).toEqual([
    { path: 'server/src/http/x.ts', name: 'waitMaxMs', value: 60_000, reason: 'So long.' },
  ])
})

test('a limit without a reason is refused', () => {
  expect(() => limitsIn('server/src/http/x.ts', 'const a = 1\nconst waitMaxMs = 5\n')).toThrow('waitMaxMs')
})

test('every test that docs/reliability.md names exists', () => {
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')
  const named = [
    ...readFileSync(join(root, 'docs/reliability.md'), 'utf8').matchAll(/[\w./]+\.(?:test|trial)\.ts/g),
  ]
  expect(
    named.map(([path]) => path).filter((path) => !files.some((file) => file.endsWith(`/${path}`))),
  ).toEqual([])
  expect(named.length).toBeGreaterThan(10)
})
