import type { IncomingMessage } from 'node:http'
import { type Problem, ProblemCode } from '@playhead/protocol'
import { bodyTooLarge } from '../../events/bodyTooLarge.ts'
import { RequestRefused } from '../server/requestRefused.ts'

/** What each piece of a body takes besides its bytes: a body that comes byte by byte is mostly this. */
const pieceOverheadBytes = 256

interface Arriving {
  heldBytes: number
  readonly evict: () => void
}

/**
 * The memory for bodies that are arriving. When it is full, the one that has been arriving for longest gives way: what
 * a player sends comes in one go, so ten thousand that dribble large bodies shut out nobody but themselves.
 */
export class BodyRoom {
  readonly #bytesMax: number
  /** In the order in which they began. */
  readonly #arriving = new Set<Arriving>()
  #heldBytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Resolves with the whole body; rejects with a `RequestRefused` when it is too large or has to give way. */
  receive(payload: IncomingMessage, bodyMaxBytes: number): Promise<Buffer> {
    const announcedBytes = Number(payload.headers['content-length'] ?? 0)
    if (announcedBytes > bodyMaxBytes) return Promise.reject(new RequestRefused(bodyTooLarge(bodyMaxBytes)))
    return new Promise((resolve, reject) => {
      const pieces: Buffer[] = []
      let bytes = 0
      const arriving: Arriving = { heldBytes: 0, evict: () => leave(() => reject(gaveWay())) }

      const leave = (settle: () => void): void => {
        payload.off('data', take).off('end', end).off('error', abort).off('close', abort)
        this.#arriving.delete(arriving)
        this.#heldBytes -= arriving.heldBytes
        settle()
        pieces.length = 0
      }
      const take = (piece: Buffer): void => {
        bytes += piece.length
        if (bytes > bodyMaxBytes) {
          leave(() => reject(new RequestRefused(bodyTooLarge(bodyMaxBytes))))
          return
        }
        pieces.push(piece)
        arriving.heldBytes += piece.length + pieceOverheadBytes
        this.#heldBytes += piece.length + pieceOverheadBytes
        this.#makeRoom()
      }
      const end = (): void => leave(() => resolve(Buffer.concat(pieces, bytes)))
      const abort = (): void => leave(() => reject(new RequestRefused(cutShort)))

      this.#arriving.add(arriving)
      payload.on('data', take).on('end', end).on('error', abort).on('close', abort)
    })
  }

  #makeRoom(): void {
    for (const arriving of this.#arriving) {
      if (this.#heldBytes <= this.#bytesMax) return
      arriving.evict()
    }
  }
}

function gaveWay(): RequestRefused {
  return new RequestRefused({
    code: ProblemCode.serverBusy,
    pointer: '',
    message: 'The body arrived too slowly while there was too little room; it was not taken.',
  })
}

const cutShort: Problem = {
  code: ProblemCode.requestMalformed,
  pointer: '',
  message: 'The connection was closed before the body was whole.',
}
