import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatedFiles } from '../scripts/generatedFiles.ts'
import { ProblemCode, parameterTable } from '../src/index.ts'

const root = join(import.meta.dirname, '../../..')
const files = await generatedFiles()

test.each([...files])('%s is current (else run generate)', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text)
})

test('no schema is left over from an older version', () => {
  const present = readdirSync(join(root, 'docs/reference/schemas')).map(
    (file) => `docs/reference/schemas/${file}`,
  )
  expect(present.filter((path) => !files.has(path))).toEqual([])
})

test('every problem code has its heading, every parameter its row', () => {
  for (const code of Object.values(ProblemCode))
    expect(files.get('docs/reference/problems.md')).toContain(`## \`${code}\`\n`)
  for (const { key } of parameterTable)
    expect(files.get('docs/reference/parameters.md')).toContain(`| \`${key}\` `)
})
