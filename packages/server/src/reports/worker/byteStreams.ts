import { Readable } from 'node:stream'
import type { Bytes, BytesWanted } from './messages.ts'
import { receiveError, sendError } from './sentError.ts'

/** Bytes of one piece: copying it takes some ten microseconds. */
const pieceBytes = 262_144
/** Pieces that are under way before the receiver has used the first: 4 MiB. */
const piecesUnderWayMax = 16

/** Sends bytes to another thread in pieces, no faster than they are used there. */
export class ByteSender {
  readonly #send: (message: Bytes, transferred: readonly ArrayBuffer[]) => void
  readonly #streams = new Map<number, Outgoing>()

  constructor(send: (message: Bytes, transferred: readonly ArrayBuffer[]) => void) {
    this.#send = send
  }

  /** Never rejects: what goes wrong with the source goes to the receiver. */
  async send(id: number, source: Promise<AsyncIterable<Uint8Array>>): Promise<void> {
    const stream: Outgoing = { underWay: 0, isWanted: true, wake: () => {} }
    this.#streams.set(id, stream)
    try {
      for await (const chunk of await source) {
        for (let at = 0; at < chunk.length && stream.isWanted; at += pieceBytes) {
          while (stream.underWay >= piecesUnderWayMax && stream.isWanted) await woken(stream)
          // A copy: the chunk may be part of memory that somebody else goes on using.
          const bytes = new Uint8Array(chunk.subarray(at, at + pieceBytes))
          stream.underWay += 1
          this.#send({ kind: 'bytes', id, bytes }, [bytes.buffer])
        }
        if (!stream.isWanted) break
      }
      this.#send({ kind: 'end', id }, [])
    } catch (error) {
      this.#send({ kind: 'end', id, error: sendError(error) }, [])
    } finally {
      this.#streams.delete(id)
    }
  }

  /** What the receiver says. */
  hear({ kind, id }: BytesWanted): void {
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    if (kind === 'more') stream.underWay -= 1
    else stream.isWanted = false
    stream.wake()
  }
}

/** Receives what a `ByteSender` sends. */
export class ByteReceiver {
  readonly #say: (message: BytesWanted) => void
  readonly #streams = new Map<number, Incoming>()

  constructor(say: (message: BytesWanted) => void) {
    this.#say = say
  }

  /** The bytes of an id, from the first one. */
  receive(id: number): Readable {
    const incoming: Incoming = { pieces: [], isOver: false, error: undefined, wake: () => {} }
    this.#streams.set(id, incoming)
    const stream = Readable.from(this.#piecesOf(id, incoming), { objectMode: false })
    stream.once('close', () => {
      this.#streams.delete(id)
      if (!incoming.isOver) this.#say({ kind: 'stop', id })
    })
    return stream
  }

  /** Whether nothing is being received. */
  get isIdle(): boolean {
    return this.#streams.size === 0
  }

  /** What the sender sends. */
  hear(message: Bytes): void {
    const incoming = this.#streams.get(message.id)
    if (incoming === undefined) return
    if (message.kind === 'bytes') incoming.pieces.push(message.bytes)
    else finish(incoming, message.error && receiveError(message.error))
    incoming.wake()
  }

  /** The sender is gone. */
  fail(error: Error): void {
    for (const incoming of this.#streams.values()) {
      finish(incoming, error)
      incoming.wake()
    }
  }

  async *#piecesOf(id: number, incoming: Incoming): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = incoming.pieces.shift()
      if (piece !== undefined) {
        yield piece
        this.#say({ kind: 'more', id })
      } else if (incoming.error !== undefined) throw incoming.error
      else if (incoming.isOver) return
      else await woken(incoming)
    }
  }
}

/** Who waits for something to change. */
interface Waiting {
  wake: () => void
}

interface Outgoing extends Waiting {
  underWay: number
  isWanted: boolean
}

interface Incoming extends Waiting {
  readonly pieces: Uint8Array[]
  isOver: boolean
  error: Error | undefined
}

function woken(waiting: Waiting): Promise<void> {
  return new Promise((resolve) => {
    waiting.wake = resolve
  })
}

function finish(incoming: Incoming, error: Error | undefined): void {
  incoming.isOver = true
  incoming.error ??= error
}
