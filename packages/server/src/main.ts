#!/usr/bin/env node
import { runTokenCommand } from './access/runTokenCommand.ts'
import { type App, startApp } from './app.ts'
import { helpText, readCommand } from './command.ts'
import { readConfig } from './config.ts'
import { runErase, runEraseCheck } from './erase/runErase.ts'
import { JournalFailed } from './log/journal.ts'
import { runReprocess } from './reprocess/runReprocess.ts'
import { runSalvage } from './salvage/runSalvage.ts'
import { StartError } from './startError.ts'

/** Signals that ask for an orderly stop; a second one of them ends the process at once. */
const stopSignals = ['SIGINT', 'SIGTERM'] as const

/** Exit code of a server whose journal has failed: EX_IOERR. Another start may well succeed. */
const journalFailedCode = 74

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2))
  switch (command.kind) {
    case 'help':
      print(helpText)
      return
    case 'serve':
      return serve()
    case 'reprocess':
      return runReprocess(readConfig(process.env), command, print)
    case 'erase':
      return runErase(readConfig(process.env), command, print)
    case 'eraseCheck':
      return runEraseCheck(readConfig(process.env), command, print)
    case 'token':
      return runTokenCommand(readConfig(process.env), command, print)
    case 'salvage':
      return runSalvage(readConfig(process.env), command, print)
  }
}

async function serve(): Promise<void> {
  const config = readConfig(process.env)
  const app = await startApp(config)
  for (const signal of stopSignals) process.once(signal, () => void stop(app))
  print(greeting(app))
  await app.failed
}

async function stop(app: App): Promise<void> {
  for (const signal of stopSignals) process.once(signal, () => process.exit(1))
  await app.stop()
  process.exit(0)
}

function print(text: string): void {
  process.stdout.write(text)
}

function greeting({ url, firstToken }: App): string {
  const made =
    firstToken === undefined
      ? ''
      : `
Reports and the dashboard need a token, for others can reach this address. One was made, and is not said again:

  ${firstToken}
`
  const header = firstToken === undefined ? '' : `-H 'Authorization: Bearer ${firstToken}' `
  return `Playhead listens on ${url}
${made}
Open a session:

  curl -i ${url}/api/v1/sessions -d '${JSON.stringify(sampleStart())}'

Then see it:

  curl ${header}${url}/reporting/v1/sessions

`
}

function sampleStart(): object {
  return {
    playerTime: { playhead: 0, ts: Date.now() },
    eventType: 'sessionStart',
    params: {
      'analytics.trackingServer': 'example.com',
      'analytics.reportSuite': 'demo',
      'visitor.marketingCloudOrgId': 'demo@AdobeOrg',
      'media.id': 'first-video',
      'media.name': 'My first video',
      'media.length': 60,
      'media.contentType': 'vod',
      'media.playerName': 'curl',
      'media.channel': 'terminal',
    },
  }
}

try {
  await main()
} catch (error) {
  const text =
    error instanceof StartError || error instanceof JournalFailed
      ? error.message
      : error instanceof Error
        ? error.stack
        : String(error)
  process.stderr.write(`playhead: ${text}\n`)
  process.exit(error instanceof JournalFailed ? journalFailedCode : 1)
}
