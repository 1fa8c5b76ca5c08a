import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Session ids prove themselves: 32 bytes as 64 lower-case hex digits, so that any collector tells a real id
 * from a made-up one without looking anything up, after a restart and on another machine too.
 *
 * | bytes | content |
 * |---|---|
 * | 0-5 | creation time, epoch milliseconds, big-endian: ids sort by it |
 * | 6-7 | id of the key |
 * | 8-15 | a bit that is 1 of a downloaded session; then randomness, or a digest of what tells it apart |
 * | 16-31 | HMAC-SHA-256 of the bytes before, truncated |
 */
export interface SessionIds {
  /** A new id. */
  create(nowMs: number): string
  /**
   * The id of a session that was sent whole: the same for the same one, so that a list which is sent again, because
   * its answer was lost, is the same session again. `identity` takes the place of the randomness.
   */
  createFor(session: { readonly startedAtMs: number; readonly identity: string }): string
  /** Whether this server, or another one with the same keys, made the id. Takes any string. */
  isAuthentic(sid: string): boolean
}

/** The bit of byte 8 that tells a downloaded session. */
const downloadedBit = 0x80

/** Whether an authentic id is that of a session that was sent whole. */
export function isDownloaded(sid: string): boolean {
  return (Number.parseInt(sid.slice(16, 18), 16) & downloadedBit) !== 0
}

/** A secret that ids are signed with. */
export interface SessionKey {
  /** 0 to 65535; tells the keys apart. */
  readonly id: number
  /** At least 32 bytes. */
  readonly secret: Buffer
}

const signedBytes = 16

/** Whether a text looks like a session id; whether it is one, `SessionIds` says. */
export function isSessionId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

/** The first key signs; all of them are honoured, so that keys can rotate while sessions are open. */
export function sessionIds(keys: readonly [SessionKey, ...SessionKey[]]): SessionIds {
  const [current] = keys
  function sign(createdAtMs: number, unique: Buffer, kindBit: number): string {
    const signed = Buffer.alloc(signedBytes)
    signed.writeUIntBE(createdAtMs, 0, 6)
    signed.writeUInt16BE(current.id, 6)
    unique.copy(signed, 8, 0, 8)
    signed.writeUInt8((signed.readUInt8(8) & ~downloadedBit) | kindBit, 8)
    return Buffer.concat([signed, proofOf(signed, current)]).toString('hex')
  }
  return {
    create: (nowMs) => sign(nowMs, randomBytes(8), 0),
    createFor: ({ startedAtMs, identity }) =>
      sign(startedAtMs, createHash('sha256').update(identity).digest(), downloadedBit),
    isAuthentic(sid) {
      if (!isSessionId(sid)) return false
      const bytes = Buffer.from(sid, 'hex')
      const signed = bytes.subarray(0, signedBytes)
      const key = keys.find(({ id }) => id === signed.readUInt16BE(6))
      return key !== undefined && timingSafeEqual(proofOf(signed, key), bytes.subarray(signedBytes))
    },
  }
}

function proofOf(signed: Buffer, key: SessionKey): Buffer {
  return createHmac('sha256', key.secret).update(signed).digest().subarray(0, 16)
}

/** Every id made at or after this moment sorts at or behind this text, every earlier one before it. */
export function sidFloor(epochMs: number): string {
  return epochMs.toString(16).padStart(12, '0')
}
