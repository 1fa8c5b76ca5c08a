import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runBackup } from '../dist/commands/backup/runBackup.js'
import { runRestore } from '../dist/commands/backup/runRestore.js'
import { runErase } from '../dist/commands/erase/runErase.js'
import { eventBody, isClosed, play, reportOf, startBody } from '@playhead/testing/player.ts'
import {
  main,
  runToItsEnd,
  spawnServer,
  startServer,
  temporaryDataDir,
} from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let dataDir: string
/** As the commands take them. */
let config: { readonly dataDir: string; readonly clickhouseUrl: undefined }
let sid: string
const inFolder = (name: string): string => join(folder.path, name)

beforeAll(async () => {
  folder = await temporaryDataDir()
  dataDir = inFolder('data')
  config = { dataDir, clickhouseUrl: undefined }
  const server = await startServer(dataDir, { PLAYHEAD_REORDER_WINDOW_MS: '0' })
  const ts = Date.now()
  sid = await play(server.url, [
    startBody(ts),
    eventBody('play', ts, 0),
    eventBody('sessionEnd', ts + 9000, 9),
  ])
  await reportOf(server.url, sid, isClosed)
  expect(await server.stop()).toBe(0)
})
afterAll(() => folder.remove())

/** A signal that aborts when it is looked at for the nth time: in the middle of the work, and always at the same place. */
function abortAtLook(nth: number): AbortSignal {
  const stopping = new AbortController()
  let looks = 0
  stopping.signal.throwIfAborted = () => {
    looks += 1
    if (looks === nth) stopping.abort(new Error('stopped'))
    AbortSignal.prototype.throwIfAborted.call(stopping.signal)
  }
  return stopping.signal
}

/** Runs a command, and sends it a signal as soon as it has the data folder. */
async function runAndStop(signal: 'SIGINT' | 'SIGTERM', ...args: readonly string[]) {
  const child = spawnServer({ PLAYHEAD_DATA_DIR: dataDir }, args)
  let err = ''
  child.stdout?.resume()
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
  const closed = once(child, 'close')
  await until('the command to have the folder', async () =>
    (await readFile(join(dataDir, 'playhead.pid'), 'utf8').catch(() => '')).startsWith(`${child.pid} `),
  )
  child.kill(signal)
  await closed
  return { code: child.exitCode, err }
}

describe('a command that is stopped says what it has left, and can be run again', () => {
  const range = ['--from', '2020-01-01', '--to', '2100-01-01']
  test.each([
    ['SIGTERM', 143, ['rebuild'], 'The store is as it was. Run playhead rebuild again'],
    ['SIGINT', 130, ['reprocess', ...range], 'Run it again with the same range'],
  ] as const)('%s (exit code %i): %s', async (signal, code, args, remedy) => {
    const before = await readdir(dataDir)
    const stopped = await runAndStop(signal, ...args)
    expect(stopped).toEqual({ code, err: expect.stringContaining(`playhead: stopped by ${signal}. `) })
    expect(stopped.err).toContain(remedy)
    expect(await readdir(dataDir)).toEqual(before)
    expect((await runToItsEnd({ PLAYHEAD_DATA_DIR: dataDir }, ...args)).code).toBe(0)
  })

  test('a command that npm has started stops when npm is stopped', async () => {
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${main}" rebuild; true`], {
      env: { ...process.env, PLAYHEAD_DATA_DIR: dataDir, npm_command: 'exec' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let err = ''
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    const closed = once(shell, 'close')
    await until('the command to have the folder', async () =>
      (await readdir(dataDir)).includes('playhead.pid'),
    )
    shell.kill('SIGTERM')
    // Its standard error is the command's, which outlives it.
    await closed
    expect(err).toContain('playhead: stopped by SIGTERM. The store is as it was')
  })

  test('backup', async () => {
    const to = inFolder('backup')
    const before = await readdir(dataDir)
    await expect(runBackup(config, to, () => {}, abortAtLook(3))).rejects.toThrow('stopped')
    expect(await readdir(folder.path)).not.toContain('backup')
    expect(await readdir(dataDir)).toEqual(before)
    await runBackup(config, to, () => {}, abortAtLook(Infinity))
  })

  test('restore', async () => {
    const restored = inFolder('restored')
    await mkdir(restored)
    const from = inFolder('backup')
    const { entries } = JSON.parse(await readFile(join(from, 'manifest.json'), 'utf8')) as {
      entries: unknown[]
    }
    // It looks before each entry when it verifies them, and then at each piece that it copies.
    const whileCopying = entries.length + 3
    await expect(
      runRestore({ dataDir: restored }, from, () => {}, abortAtLook(whileCopying)),
    ).rejects.toThrow('stopped')
    expect(await readdir(restored)).toEqual([])
    await runRestore({ dataDir: restored }, from, () => {}, abortAtLook(Infinity))
    expect(await readdir(restored)).toContain('journal')
  })

  test('erase', async () => {
    const receipt = inFolder('receipt.json')
    const subject = { kind: 'session', id: sid } as const
    const stopped = runErase(config, { subject, receipt }, () => {}, abortAtLook(2))
    await expect(stopped).rejects.toThrow('stopped')
    expect(await readdir(folder.path)).not.toContain('receipt.json')
    const again = await runErase(config, { subject, receipt }, () => {}, abortAtLook(Infinity))
    expect(again.isFound).toBe(true)
  })
})
