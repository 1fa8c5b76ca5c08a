import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventBody, openSession, post } from '@playhead/testing/player.ts'
import { freePort } from '@playhead/testing/server/freePort.ts'
import { main, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let child: ChildProcess | undefined
beforeEach(async () => {
  folder = await temporaryDataDir()
})
afterEach(async () => {
  child?.kill('SIGKILL')
  child = undefined
  await folder.remove()
})

const linesLostIn = async (url: string): Promise<number> =>
  Number(/^playhead_log_lines_lost_total (\d+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1])

/** Where standard output and standard error go, and what is left of what was opened for it. */
type Place = 'pipe' | number

/** A server that says much, with both going where they cannot be written. */
async function startInto(place: Place, onSpawn: (child: ChildProcess) => void = () => {}): Promise<string> {
  const port = await freePort()
  child = spawn(process.execPath, [main], {
    stdio: ['ignore', place, place],
    env: {
      ...process.env,
      PLAYHEAD_PORT: String(port),
      PLAYHEAD_DATA_DIR: folder.path,
      PLAYHEAD_LOG_LEVEL: 'debug',
    },
  })
  onSpawn(child)
  const url = `http://127.0.0.1:${port}`
  await until('the server', async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok)
  return url
}

/** It takes events and stops in order, whatever becomes of its lines. */
async function workAndStop(url: string): Promise<void> {
  const location = await openSession(url)
  for (let s = 1; s <= 20; s += 1) {
    const { status } = await post(`${url}${location}/events`, eventBody('ping', Date.now(), s))
    expect(status).toBe(204)
  }
}

async function stop(): Promise<unknown> {
  child?.kill('SIGTERM')
  const [code] = (await once(child ?? expect.unreachable(), 'exit')) as [unknown]
  return code
}

describe('a server whose output cannot be written', () => {
  test('because the disk is full: starts, works and stops, and counts the lines', async () => {
    const full = openSync('/dev/full', 'w')
    const url = await startInto(full)
    closeSync(full)
    await workAndStop(url)
    expect(await linesLostIn(url)).toBeGreaterThan(20)
    expect(await stop()).toBe(0)
  })

  test('because its reader is gone', async () => {
    const url = await startInto('pipe', ({ stdout, stderr }) => {
      stdout?.destroy()
      stderr?.destroy()
    })
    await workAndStop(url)
    expect(await linesLostIn(url)).toBeGreaterThan(20)
    expect(await stop()).toBe(0)
  })

  test('because nobody reads the pipe: later its reader is told how many lines are lost', async () => {
    const url = await startInto('pipe')
    const stderr = child?.stderr ?? expect.unreachable()
    // A pipe holds 64 KiB, and a MiB waits; each request says some 300 bytes.
    await until('lines to be lost', async () => {
      await Promise.all(Array.from({ length: 200 }, () => fetch(`${url}/api/v1/schemas/none`)))
      return (await linesLostIn(url)) > 0
    })
    await workAndStop(url)
    let text = ''
    stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    await until('the count of lines', async () => {
      await fetch(`${url}/healthz`)
      return text.includes('lines of the log are lost')
    })
    const said = text.split('\n').find((line) => line.includes('lines of the log are lost')) ?? ''
    expect(JSON.parse(said)).toMatchObject({ level: 40, lines: await linesLostIn(url) })
    expect(await stop()).toBe(0)
  })
})

describe('a command whose output cannot be written', () => {
  const run = async (args: readonly string[], stdout: Place, stderr: Place) => {
    child = spawn(process.execPath, [main, ...args], {
      stdio: ['ignore', stdout, stderr],
      env: { ...process.env, PLAYHEAD_DATA_DIR: folder.path },
    })
    const [code] = (await once(child, 'exit')) as [unknown]
    return code
  }

  test.each([[['help']], [['token', 'add', '--name', 'a']]])('%j ends with 1, and says so', async (args) => {
    const full = openSync('/dev/full', 'w')
    const path = join(folder.path, 'errors')
    writeFileSync(path, '')
    const errors = openSync(path, 'a')
    expect(await run(args, full, errors)).toBe(1)
    expect(readFileSync(path, 'utf8')).toMatch(/^playhead: standard output could not be written.*\n$/)
    closeSync(full)
    closeSync(errors)
  })

  test('not even why it failed', async () => {
    const full = openSync('/dev/full', 'w')
    expect(await run(['token', 'remove', '--name', 'nobody'], full, full)).toBe(1)
    expect(await run(['--nonsense'], full, full)).toBe(1)
    closeSync(full)
  })
})
