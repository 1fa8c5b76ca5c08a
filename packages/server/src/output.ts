import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** What may wait for a slow reader of standard output or standard error, bytes; what comes on top is lost. */
export const outputWaitingMaxBytes = 1_048_576

/** How often it is looked whether all has been read. */
const lookIntervalMs = 10

/**
 * Standard output or standard error, whatever is wrong with it: a full disk, a pipe that nobody reads or whose reader is gone,
 * a terminal that is. What cannot be written is lost and counted; nothing waits for it, throws, or ends the process.
 */
export interface Output {
  write(text: string): void
  /** Texts that are lost so far. */
  readonly lost: number
  /** Resolves when all is read or lost, or when the time is over. */
  settle(timeoutMs: number): Promise<void>
}

interface Sink {
  /** Returns whether the text is written, or begun, or will be. */
  write(text: string): boolean
  readonly waitingBytes: number
}

/** @param textOfLost what is written before the first text that can be written again: how many are lost */
export function openOutput(fd: 1 | 2, textOfLost: (count: number) => string = () => ''): Output {
  let lost = 0
  let unsaid = 0
  const onLost = (): void => {
    lost += 1
    unsaid += 1
  }
  const sink = isStream(fd) ? streamSink(fd, onLost) : fileSink(fd)
  return {
    write(text) {
      const isOut = sink.write(unsaid > 0 ? textOfLost(unsaid) + text : text)
      if (isOut) unsaid = 0
      else onLost()
    },
    get lost() {
      return lost
    },
    async settle(timeoutMs) {
      const beganMs = performance.now()
      while (sink.waitingBytes > 0 && performance.now() - beganMs < timeoutMs) await wait(lookIntervalMs)
    },
  }
}

let error: Output | undefined

/** Standard error, where the log goes. */
export function standardError(): Output {
  error ??= openOutput(2, (lines) => {
    const line = { level: 40, time: Date.now(), pid: process.pid, lines }
    return `${JSON.stringify({ ...line, msg: 'lines of the log are lost: standard error could not be written' })}\n`
  })
  return error
}

/** Whether it is a pipe or a socket, which Node writes without waiting. */
function isStream(fd: number): boolean {
  const stats = fstatSync(fd)
  return stats.isFIFO() || stats.isSocket()
}

/** Node keeps what is not read yet, without a bound of its own. */
function streamSink(fd: 1 | 2, onLost: () => void): Sink {
  const stream = fd === 1 ? process.stdout : process.stderr
  // The callback of each write tells the same.
  stream.on('error', () => {})
  return {
    write(text) {
      if (stream.destroyed || stream.writableLength + text.length > outputWaitingMaxBytes) return false
      stream.write(text, (failure) => {
        if (failure) onLost()
      })
      return true
    },
    get waitingBytes() {
      return stream.destroyed ? 0 : stream.writableLength
    },
  }
}

/** A file, a terminal or another device: written at once, or not. */
function fileSink(fd: number): Sink {
  const target = withoutWaiting(fd)
  /** What is left of a text that was begun. */
  let rest: Uint8Array = new Uint8Array()

  /** Write as much as can be written; returns what is left. */
  function put(bytes: Uint8Array): Uint8Array {
    let at = 0
    try {
      while (at < bytes.length) at += writeSync(target, bytes, at)
    } catch {
      // It has no room, is not there any more, or would have to be waited for.
    }
    return bytes.subarray(at)
  }

  return {
    write(text) {
      rest = put(rest)
      if (rest.length > 0) return false
      const bytes = Buffer.from(text)
      const left = put(bytes)
      if (left.length === bytes.length) return false
      rest = left
      return true
    },
    waitingBytes: 0,
  }
}

/**
 * Another descriptor of a device, with which a terminal that was stopped is not waited for. Not of a file: its place in
 * it is shared with others who write there.
 */
function withoutWaiting(fd: number): number {
  if (process.platform !== 'linux' || !fstatSync(fd).isCharacterDevice()) return fd
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return fd
  }
}
