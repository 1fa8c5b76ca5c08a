#!/usr/bin/env node
import { setTimeout as wait } from 'node:timers/promises'
import type { App } from './app.ts'
import { readCommand } from './commands/command.ts'
import { type Config, readConfig } from './config.ts'
import { greeting } from './greeting.ts'
import { Interrupted, interruptible, sameSignalMs } from './commands/interruptible.ts'
import { JournalFailed } from './log/journal.ts'
import { type Progress, progressOf } from './commands/progress.ts'
import { openOutput, standardError } from './output.ts'
import { StartError } from './startError.ts'
import { onStopSignal } from './stopSignals.ts'
import { version } from './version.ts'

/**
 * How long a stop takes at most, besides `PLAYHEAD_STOP_NOTICE_S`: requests, the store and its engine each have their own
 * bound, and together stay below. What is not in the store then is stored after the next start.
 */
const stopMaxMs = 30_000

/** Exit code of a server whose journal has failed: EX_IOERR. Another start may well succeed. */
const journalFailedCode = 74

/** Exit code of `playhead erase` when nothing of the viewer or the session was there: EX_NOUSER. */
const nobodyFoundCode = 67

/** How long a command waits at its end for what it has said to be read. */
const outputPatienceMs = 5000

/** What a command that SIGINT or SIGTERM stops has left, and what to do next. */
const outcomes = {
  backup: 'No backup was made. Run it again.',
  erase: 'A part may be erased, and there is no receipt. Run it again: it erases the rest.',
  rebuild: 'The store is as it was. Run playhead rebuild again: it begins anew.',
  reprocess:
    'Some sessions may have their new figures, the others have their old ones. Run it again with the same range.',
  restore: 'Nothing was restored. Run it again.',
  salvage:
    'Files that it has named are mended, the others are as they were. Run it again before the server starts.',
} as const

/** Do a command's work, which a signal may stop, and tell how far it is. */
async function stoppable<Result>(
  kind: keyof typeof outcomes,
  work: (config: Config, signal: AbortSignal, progress: Progress) => Promise<Result>,
): Promise<Result> {
  const progress = progressOf(kind)
  try {
    return await interruptible(outcomes[kind], (signal) => work(readConfig(process.env), signal, progress))
  } finally {
    progress.end()
  }
}

/** Each command loads what it needs, and no more: a wrong setting, or `help`, is answered without the whole server. */
async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2))
  switch (command.kind) {
    case 'help':
      print(command.text)
      return
    case 'version':
      print(`${version}\n`)
      return
    case 'serve':
      return serve()
    case 'reprocess': {
      const { runReprocess } = await import('./commands/reprocess/runReprocess.ts')
      return stoppable('reprocess', (config, signal, progress) =>
        runReprocess(config, command, print, signal, progress),
      )
    }
    case 'erase': {
      const { runErase } = await import('./commands/erase/runErase.ts')
      const { isFound } = await stoppable('erase', (config, signal, progress) =>
        runErase(config, command, print, signal, progress),
      )
      if (!isFound) process.exitCode = nobodyFoundCode
      return
    }
    case 'eraseCheck': {
      const { runEraseCheck } = await import('./commands/erase/runErase.ts')
      return runEraseCheck(readConfig(process.env), command, print)
    }
    case 'backup': {
      const { runBackup } = await import('./commands/backup/runBackup.ts')
      return stoppable('backup', (config, signal, progress) =>
        runBackup(config, command.to, print, signal, progress),
      )
    }
    case 'restore': {
      const { runRestore } = await import('./commands/backup/runRestore.ts')
      return stoppable('restore', (config, signal, progress) =>
        runRestore(config, command.from, print, signal, progress),
      )
    }
    case 'token': {
      const { runTokenCommand } = await import('./commands/token/runTokenCommand.ts')
      return runTokenCommand(readConfig(process.env), command, print)
    }
    case 'rebuild': {
      const { runRebuild } = await import('./commands/rebuild/runRebuild.ts')
      return stoppable('rebuild', (config, signal, progress) => runRebuild(config, print, signal, progress))
    }
    case 'salvage': {
      const { runSalvage } = await import('./commands/salvage/runSalvage.ts')
      return stoppable('salvage', (config, signal) => runSalvage(config, command, print, signal))
    }
  }
}

async function serve(): Promise<void> {
  const config = readConfig(process.env)
  let app: App | undefined
  let askedAtMs: number | undefined
  const onSignal = (): void => {
    // Before the start is over nothing was taken.
    if (app === undefined) process.exit(0)
    const nowMs = performance.now()
    if (askedAtMs === undefined) void stop(app, config.stopNoticeMs + stopMaxMs)
    else if (nowMs - askedAtMs > sameSignalMs) process.exit(1)
    askedAtMs ??= nowMs
  }
  onStopSignal(onSignal)
  const { startApp } = await import('./app.ts')
  app = await startApp(config)
  print(greeting(app))
  if (output.lost > 0 && app.firstToken !== undefined)
    standardError().write(
      'playhead: standard output could not be written, so the first token is not known: playhead token add makes another one\n',
    )
  await app.failed
  // That it resolves is part of a stop, which ends the process when it is done.
  await new Promise(() => {})
}

/** Exit 0 when all is in order, 74 when the journal has failed, 1 when the time is over. */
async function stop(app: App, timeoutMs: number): Promise<void> {
  const isOrderly = await Promise.race([app.stop().then(() => true), wait(timeoutMs, false)])
  if (!isOrderly) process.exit(1)
  process.exit(app.isJournalFailed ? journalFailedCode : 0)
}

function exitCodeOf(error: unknown): number {
  if (error instanceof JournalFailed) return journalFailedCode
  return error instanceof Interrupted ? error.exitCode : 1
}

function print(text: string): void {
  output.write(text)
}

/** Node writes warnings to standard error as they come, whatever becomes of it; they go where the other lines go. */
function redirectWarnings(): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => standardError().write(`playhead: ${name}: ${message}\n`))
}

const output = openOutput(1)
redirectWarnings()
try {
  await main()
  await output.settle(outputPatienceMs)
  if (output.lost > 0) {
    standardError().write(
      'playhead: standard output could not be written: what it should have said is lost\n',
    )
    process.exitCode ||= 1
  }
  await standardError().settle(outputPatienceMs)
  process.exit()
} catch (error) {
  const text =
    error instanceof StartError || error instanceof JournalFailed || error instanceof Interrupted
      ? error.message
      : error instanceof Error
        ? error.stack
        : String(error)
  standardError().write(`playhead: ${text}\n`)
  await standardError().settle(outputPatienceMs)
  process.exit(exitCodeOf(error))
}
