import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib'
import { type Problem, ProblemCode } from '@playhead/protocol'
import { bodyTooLarge } from '../../events/bodyTooLarge.ts'
import { RequestRefused } from '../server/requestRefused.ts'

/** What a 415 names in `Accept-Encoding`. */
export const acceptedCodings = 'gzip, deflate, br'

/**
 * Bodies unpacked at once. Each takes a thread of the four that also sync the journal, for some milliseconds per
 * megabyte: two leave the journal its own.
 */
const unpackedAtOnceMax = 2

type Coding = 'gzip' | 'deflate' | 'br'

/** `identity` says nothing; `x-gzip` is what old clients call gzip. */
const codings: ReadonlyMap<string, Coding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
])

/**
 * Unpacks bodies by their `Content-Encoding`. An unpacked body may be as large as a plain one; unpacking stops at
 * the first byte beyond, so that a body which unpacks to gigabytes costs no more than one that is full.
 */
export class ContentCoding {
  readonly #waitingMaxBytes: number
  readonly #waiting: (() => void)[] = []
  #waitingBytes = 0
  #running = 0

  /** @param waitingMaxBytes packed bodies that may wait for their turn; those beyond get 503 */
  constructor(waitingMaxBytes: number) {
    this.#waitingMaxBytes = waitingMaxBytes
  }

  /** Rejects with a `RequestRefused` when the coding is not taken, the bytes are not of it, or unpack to too many. */
  async unpack(body: Buffer, contentEncoding: string | undefined, bodyMaxBytes: number): Promise<Buffer> {
    const coding = codingOf(contentEncoding)
    if (coding === undefined || body.length === 0) return body
    await this.#turn(body.length)
    try {
      return await unpacked(body, coding, bodyMaxBytes)
    } finally {
      this.#pass()
    }
  }

  async #turn(bytes: number): Promise<void> {
    if (this.#running < unpackedAtOnceMax) {
      this.#running += 1
      return
    }
    if (this.#waitingBytes + bytes > this.#waitingMaxBytes) throw new RequestRefused(tooManyWait)
    this.#waitingBytes += bytes
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#waitingBytes -= bytes
  }

  #pass(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#running -= 1
    else next()
  }
}

/** @throws RequestRefused where the body is packed in a way that is not taken, or more than once */
function codingOf(contentEncoding: string | undefined): Coding | undefined {
  const named = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')
  const [name] = named
  if (name === undefined) return undefined
  const coding = codings.get(name)
  if (coding === undefined || named.length > 1) throw new RequestRefused(unsupported(named.join(', ')))
  return coding
}

/** What Node answers when it is asked for the engine too: `bytesWritten` is how much of the body it has read. */
interface Unpacked {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}
type Unpack = (body: Buffer, options: ZlibOptions) => Promise<Unpacked>

const unpackers = {
  gzip: promisify(gunzip) as unknown as Unpack,
  zlib: promisify(inflate) as unknown as Unpack,
  raw: promisify(inflateRaw) as unknown as Unpack,
  br: promisify(brotliDecompress) as unknown as Unpack,
}

async function unpacked(body: Buffer, coding: Coding, maxBytes: number): Promise<Buffer> {
  // HTTP means zlib's format by `deflate`; many clients send the bare stream.
  const unpack = coding !== 'deflate' ? unpackers[coding] : isZlib(body) ? unpackers.zlib : unpackers.raw
  try {
    const { buffer, engine } = await unpack(body, { info: true, maxOutputLength: maxBytes })
    if (engine.bytesWritten < body.length)
      throw new RequestRefused(broken(coding, body, 'there are bytes behind its end'))
    return buffer
  } catch (error) {
    if (error instanceof RequestRefused) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new RequestRefused(bodyTooLarge(maxBytes))
    throw new RequestRefused(broken(coding, body, message.toLowerCase()))
  }
}

/** The two bytes that zlib begins with: its method, and a checksum of both. */
function isZlib(body: Buffer): boolean {
  return body.length >= 2 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0
}

function unsupported(named: string): Problem {
  const shown = named.length > 64 ? `${named.slice(0, 63)}…` : named
  return {
    code: ProblemCode.encodingUnsupported,
    pointer: '',
    message: `Content-Encoding ${JSON.stringify(shown)} is not supported.`,
    expected: `one of ${acceptedCodings}`,
    got: shown,
  }
}

function broken(coding: Coding, body: Buffer, reason: string): Problem {
  const problem = {
    code: ProblemCode.encodingBroken,
    pointer: '',
    message: `The body is not valid ${coding}: ${reason}.`,
  }
  return /^\s*[{[]/.test(body.toString('latin1', 0, 64))
    ? {
        ...problem,
        hint: 'The body is not compressed: remove the Content-Encoding header, or compress the body.',
      }
    : problem
}

const tooManyWait: Problem = {
  code: ProblemCode.serverBusy,
  pointer: '',
  message: 'Too many compressed bodies wait to be unpacked; this one was not taken.',
}
