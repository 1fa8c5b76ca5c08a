/**
 * The thread that reports are worked out in: running a session's events through the engine again, planning, and writing
 * JSON take seconds for large reports, which the loop that collects cannot spare.
 */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { createReports } from '../reports.ts'
import { answerQuestion } from './answerQuestion.ts'
import { ByteReceiver, ByteSender } from './byteStreams.ts'
import type { FromReportWorker, ReportWorkerData, Suites, ToReportWorker } from './messages.ts'
import { remoteReader } from './remoteReader.ts'
import { sendError } from './sentError.ts'

/** Where 0 is the collector's. */
const niceness = 5

// Elsewhere than on Linux a process has one priority for all its threads.
if (process.platform === 'linux') setPriority(niceness)

const { rules } = workerData as ReportWorkerData
const reads = new ByteReceiver((of) => send({ kind: 'read', of }))
const tables = new ByteSender((of, transferred) => send({ kind: 'table', of }, transferred))
let readsBegun = 0

parentPort?.on('message', (message: ToReportWorker) => {
  switch (message.kind) {
    case 'ask':
      return void answer(message)
    case 'ping':
      return send({ kind: 'pong' })
    case 'read':
      return reads.hear(message.of)
    case 'table':
      return tables.hear(message.of)
  }
})

async function answer({ id, question, suites }: Extract<ToReportWorker, { kind: 'ask' }>): Promise<void> {
  try {
    const answered = await answerQuestion(createReports(readerOf(suites), rules), question)
    switch (answered.kind) {
      case 'json': {
        const transferred = answered.pieces.map(({ buffer }) => buffer)
        return send({ kind: 'answer', id, answer: answered }, transferred)
      }
      case 'table': {
        const { kind, format, bytes } = answered
        send({ kind: 'answer', id, answer: { kind, format } })
        return await tables.send(id, Promise.resolve(bytes))
      }
      case 'unknown':
      case 'refused':
        return send({ kind: 'answer', id, answer: answered })
    }
  } catch (error) {
    send({ kind: 'failed', id, error: sendError(error) })
  }
}

function readerOf(suites: Suites) {
  return remoteReader(suites, (request) => {
    const id = (readsBegun += 1)
    const bytes = reads.receive(id)
    send({ kind: 'reading', id, request })
    return bytes
  })
}

function send(message: FromReportWorker, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred)
}
