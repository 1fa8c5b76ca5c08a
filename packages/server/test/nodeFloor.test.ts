import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { minVersion, satisfies } from 'semver'
import { expect, test } from 'vitest'

interface Locked {
  readonly engines?: { readonly node?: string }
}

const root = join(import.meta.dirname, '../../..')
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))

test('every package that is installed runs on the oldest Node that this project promises', () => {
  const own = (read('package.json') as Locked).engines?.node ?? ''
  const floor = minVersion(own)?.version ?? ''
  const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> }
  const asking = Object.entries(packages).filter(([, { engines }]) => engines?.node !== undefined)
  expect(asking.length).toBeGreaterThan(10)
  const tooNew = asking.filter(([, { engines }]) => !satisfies(floor, engines?.node ?? ''))
  expect(tooNew.map(([name, { engines }]) => `${name} wants Node ${engines?.node}`)).toEqual([])
})
