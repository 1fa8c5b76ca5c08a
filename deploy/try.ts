/**
 * Tries what is in this folder without Docker: carries out the Dockerfile's own instructions in a temporary folder, then
 * runs what came out as its user, with a tree that cannot be written to, and looks whether it serves, stores and stops.
 * Also asks systemd what it thinks of the unit. Needs root (to become another user), systemd and some minutes.
 *
 *   npm run test:deploy
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { openSession, reportOf } from '@playhead/testing/player.ts'
import { until } from '@playhead/testing/server/until.ts'
import { readDockerfile, type Stage } from './dockerfile.ts'

const root = resolve(import.meta.dirname, '..')
const port = 20_000 + Math.floor(Math.random() * 20_000)

if (process.getuid?.() !== 0) throw new Error('it has to become another user: run it as root')
execFileSync('systemd-analyze', ['verify', join(import.meta.dirname, 'playhead.service')], {
  stdio: 'inherit',
})
say('systemd takes the unit')

const work = mkdtempSync(join(tmpdir(), 'playhead-deploy-'))
chmodSync(work, 0o755)
try {
  const stages = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'))
  for (const stage of stages) build(stage)
  const image = stages.at(-1)
  if (image === undefined) throw new Error('the Dockerfile has no stage')
  await run(image)
} finally {
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

/** Where an absolute path of a stage is. */
function placeOf(stage: string, path: string): string {
  return join(work, stage, path)
}

function build(stage: Stage): void {
  say(`stage ${stage.name}`)
  for (const { kind, cwd, args } of stage.steps) {
    const here = placeOf(stage.name, cwd)
    mkdirSync(here, { recursive: true })
    if (kind === 'RUN') {
      // Absolute paths are those of the stage.
      const command = args
        .join(' ')
        .replaceAll(/ (\/\S+)/g, (_, path: string) => ` ${placeOf(stage.name, path)}`)
      execFileSync('sh', ['-ec', command], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] })
      continue
    }
    const from = args[0]?.startsWith('--from=') ? args[0].slice('--from='.length) : undefined
    const paths = from === undefined ? args : args.slice(1)
    const target = paths.at(-1) ?? ''
    for (const path of paths.slice(0, -1)) {
      for (const [source, name] of sourcesOf(path, from)) {
        const into =
          target.endsWith('/') || target === '.' || paths.length > 2
            ? join(here, target, name)
            : join(here, target)
        mkdirSync(dirname(into), { recursive: true })
        cpSync(source, into, { recursive: true, verbatimSymlinks: true })
      }
    }
  }
}

/** What a COPY takes: each with the name it has below a folder. The content of a folder, as Docker has it, not the folder. */
function sourcesOf(path: string, from: string | undefined): readonly (readonly [string, string])[] {
  if (from === undefined) {
    const all = contextFiles()
    const found = path === '.' ? all : all.filter((file) => file === path)
    if (found.length === 0) throw new Error(`COPY ${path}: .dockerignore leaves nothing of it`)
    return found.map((file) => [join(root, file), path === '.' ? file : (file.split('/').at(-1) ?? '')])
  }
  const place = placeOf(from, path)
  return [[place, statSync(place).isDirectory() ? '' : (path.split('/').at(-1) ?? '')]]
}

/** Files of the checkout that .dockerignore leaves. */
function contextFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
  const isIgnored = (file: string): boolean => {
    const [top = '', ...below] = file.split('/')
    return ignored.includes(top) || [top, ...below].some((part) => ignored.includes(`**/${part}`))
  }
  return listed.split('\n').filter((file) => file !== '' && !isIgnored(file))
}

async function run({ name, steps, env, user, entrypoint, healthcheck }: Stage): Promise<void> {
  const [uid = 0, gid = 0] = user.split(':').map(Number)
  if (uid === 0) throw new Error('it would run as root')
  const size = execFileSync('du', ['-sm', placeOf(name, '/')], { encoding: 'utf8' }).split('\t')[0]
  say(`image: ${size} MB besides its base`)
  const settings = Object.entries(env).map(([key, value]) => [
    key,
    value.startsWith('/') ? placeOf(name, value) : value,
  ])
  const options = {
    cwd: placeOf(name, steps.at(-1)?.cwd ?? '/'),
    env: {
      PATH: process.env['PATH'],
      ...Object.fromEntries(settings),
      PLAYHEAD_HOST: '127.0.0.1',
      PLAYHEAD_PORT: String(port),
    },
    uid,
    gid,
  }
  execFileSync('chmod', ['-R', 'a-w', placeOf(name, '/app')])
  const url = `http://127.0.0.1:${port}`
  const [command = '', ...args] = entrypoint
  const server = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'inherit'] })
  await until('the server', async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200)
  const [probe = '', ...probeArgs] = healthcheck
  execFileSync(probe, probeArgs, options)
  const path = await openSession(url)
  await reportOf(url, path.split('/').at(-1) ?? '', ({ session }) => session.status === 'open')
  if ((await fetch(`${url}/overview`)).status !== 200) throw new Error('there is no dashboard')
  await stop(server)
  say(`it serves, stores and stops as ${user}, and writes to its data folder alone`)
}

async function stop(server: ChildProcess): Promise<void> {
  server.kill('SIGTERM')
  const [code] = (await once(server, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`it stopped with ${code}`)
}

function say(what: string): void {
  console.log(what)
}
