/** The benchmarks there are, each with what it measures. Prints the list; each is run by its own command. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>
}
for (const [name, command] of Object.entries(scripts)) {
  const [, path] = /tsx (bench\/\w+\.ts)/.exec(command) ?? []
  if (!name.startsWith('bench:') || path === undefined) continue
  console.log(`npm run ${name}\n  ${purposeOf(path)}\n`)
}

/** The first paragraph of the comment that the file begins with. */
function purposeOf(path: string): string {
  const [, comment = ''] =
    /^\/\*\*\n([\s\S]*?)\n \*(\n|\/)/.exec(readFileSync(join(root, path), 'utf8')) ?? []
  return comment.replaceAll(/^ \* /gm, '').replaceAll('\n', '\n  ')
}
