import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Random } from '@playhead/testing/simulator/random.ts'
import { type Answer, AnswerReader } from './answers.ts'
import { brokenRequest } from './brokenRequest.ts'
import { type HostileRequest, hostileRequest } from './hostileRequest.ts'
import type { Ledger } from './Ledger.ts'

/** Requests that are sent in one go. */
const batchMax = 40
/** Sessions of one client that it sends events to; older ones are forgotten. */
const sidsMax = 100
/** How long an answer may take before it counts as a hang: a report may take its minute. */
const hangTimeoutMs = 90_000

/** Send so many requests over one connection after the other, most pipelined, and book what is answered. */
export async function fuzz(port: number, random: Random, requests: number, ledger: Ledger): Promise<void> {
  const sids: string[] = []
  let left = requests
  while (left > 0 && ledger.wrongs.length === 0) {
    const line = await Line.open(port)
    const batches = random.whole(1, 3)
    for (let batch = 0; batch < batches && left > 0 && line.isOpen; batch += 1) {
      const sent = batchOf(random, sids, Math.min(left, batchMax))
      left -= sent.length
      ledger.requests += sent.length
      await converse(line, sent, sids, ledger)
    }
    if (line.isOpen && left > 0) {
      left -= 1
      ledger.requests += 1
      await breakOff(line, random, sids, ledger)
    }
    line.close()
  }
}

function batchOf(random: Random, sids: readonly string[], max: number): readonly HostileRequest[] {
  const batch: HostileRequest[] = []
  for (let left = random.whole(1, max); left > 0; left -= 1) {
    const request = hostileRequest(random, sids, Date.now())
    batch.push(request)
    if (request.isLast) break
  }
  return batch
}

/** One answer for each request, in order. */
async function converse(
  line: Line,
  batch: readonly HostileRequest[],
  sids: string[],
  ledger: Ledger,
): Promise<void> {
  line.send(Buffer.concat(batch.map(({ bytes }) => bytes)))
  for (const { bytes, takes, isHead, isLast } of batch) {
    const answer = await line.answer(isHead).catch((error: Error) => error)
    if (answer instanceof Error || answer === undefined) {
      const what = answer instanceof Error ? answer.message : 'closed without an answer'
      ledger.wrong(what, bytes)
      line.close()
      return
    }
    const opened = ledger.book(answer, takes, isHead, bytes)
    if (opened !== undefined) sids.push(opened)
    if (sids.length > sidsMax) sids.shift()
    if (answer.headers['connection'] === 'close') {
      if (!isLast) ledger.wrong(`closed behind ${answer.status}`, bytes)
      line.close()
      return
    }
  }
}

/** Bytes whose frame is broken: answered or not, the connection has to come to its end. */
async function breakOff(line: Line, random: Random, sids: readonly string[], ledger: Ledger): Promise<void> {
  let whole = hostileRequest(random, sids, Date.now())
  while (whole.takes.kind === 'download' || whole.isHead) whole = hostileRequest(random, sids, Date.now())
  const bytes = brokenRequest(whole.bytes, random)
  line.send(bytes)
  line.end()
  let isFirst = true
  try {
    for (;;) {
      const answer = await line.answer(false)
      if (answer === undefined) break
      ledger.book(answer, isFirst ? whole.takes : { kind: 'other' }, false, bytes)
      isFirst = false
    }
  } catch (error) {
    ledger.wrong(String(error), bytes)
  }
}

/** A connection, and the answers that come over it. */
class Line {
  readonly #socket: Socket
  readonly #reader = new AnswerReader()
  #isOver = false
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    const wake = (): void => this.#wake()
    socket.on('data', (bytes: Buffer) => {
      this.#reader.push(bytes)
      wake()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#isOver = true
      wake()
    })
  }

  static async open(port: number): Promise<Line> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new Line(socket)
  }

  get isOpen(): boolean {
    return !this.#isOver
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  end(): void {
    this.#socket.end()
  }

  close(): void {
    this.#isOver = true
    this.#socket.destroy()
  }

  /** The next answer but for `100 Continue`; `undefined` when the connection was closed before one began. */
  async answer(isBodiless: boolean): Promise<Answer | undefined> {
    const deadline = setTimeout(() => this.#socket.destroy(new Error('hang')), hangTimeoutMs)
    const startedAt = performance.now()
    try {
      for (;;) {
        const answer = this.#reader.take(isBodiless)
        if (answer !== undefined && answer.status >= 200) return answer
        if (answer !== undefined) continue
        if (this.#isOver) break
        await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      clearTimeout(deadline)
    }
    if (performance.now() - startedAt >= hangTimeoutMs) throw new Error('no answer in time')
    if (this.#reader.rest !== '') throw new Error(`half an answer: ${this.#reader.rest.slice(0, 300)}`)
    return undefined
  }
}
