import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
beforeAll(async () => {
  folder = await temporaryDataDir()
})
afterAll(() => folder.remove())

/** `npm run demo:data -- …`, once everything is built. */
async function run(...given: string[]): Promise<{ code: number; out: string; err: string }> {
  const script = join(import.meta.dirname, 'demoData.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...given], {
    env: { ...process.env, PLAYHEAD_DATA_DIR: folder.path },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: Number(code), out, err }
}

test.each(['none', '0', '401', '0.5', '1 0', '1 100001', '1 many', '1 2 3'])(
  'demo:data %s is refused, and makes nothing',
  async (given) => {
    expect(await run(...given.split(' '))).toEqual({
      code: 1,
      out: '',
      err: 'demo:data: at most two numbers: days from 1 to 400, viewings a day from 1 to 100000\n',
    })
    expect(existsSync(join(folder.path, 'clickhouse'))).toBe(false)
  },
)

test('demo:data says how many viewings it made sessions of, and mixes them with no others', async () => {
  const { code, out, err } = await run('1', '3')
  // On a busy machine it takes long enough to say how far it is.
  expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^(demo:data: \d+ %.*\n)*$/) })
  const [, sessions, viewings, resumed] =
    /(\d+) sessions of \d+ events in \d+ s: (\d+) viewings, and (\d+) times /.exec(out) ?? []
  expect(Number(viewings)).toBe(3)
  expect(Number(sessions)).toBe(3 + Number(resumed))
  const again = await run('1', '3')
  expect(again.code).toBe(1)
  expect(again.err).toContain(`there are sessions in ${folder.path} already`)
})
