import { JournalUnsupported } from './journalErrors.ts'

/**
 * What a record can be, with the byte that says so on disk. Numbers are never reused: old logs stay readable.
 */
export const RecordKind = {
  /** An accepted event, as it was received. */
  event: 1,
  /** "It is now": time-outs and store batches are judged from these, so that a replay decides the same. */
  clock: 2,
  /** The place of an event that was erased: neither its body nor its session is known any more. */
  erased: 3,
  /** The place of a record that damage has taken: salvage puts it there, so that the log has no gap. */
  lost: 4,
  /** An event of a session whose clock is not the log's: see `clockOffsetMs`. */
  eventWithOffset: 5,
  /** "It is now", where the calendar is not the log's clock: see `clockOffsetMs`. */
  clockWithOffset: 6,
} as const

/** One entry of the journal. */
export type LogRecord =
  | {
      kind: 'event'
      /** Position in the journal: 1, 2, 3, ... without gaps. */
      seq: number
      /** Arrival by the log's clock, integer ms since 1970, never less than the record's before. */
      receivedAtMs: number
      /**
       * What to add to `receivedAtMs` for the time of arrival by the clock that the session began by; absent: 0. It is
       * not 0 after the system's clock was corrected; see `ingest/serverClock.ts`.
       */
      clockOffsetMs?: number
      /** Session id: 32 bytes as 64 lower-case hex digits. */
      sid: string
      /** The JSON exactly as received. Read from the journal it is a view into a larger chunk: safe to keep. */
      body: Buffer
    }
  | {
      kind: 'clock'
      seq: number
      receivedAtMs: number
      /** What sessions that begin now add to the log's clock; absent: 0. */
      clockOffsetMs?: number
    }
  | { kind: 'erased'; seq: number; receivedAtMs: number }
  | { kind: 'lost'; seq: number; receivedAtMs: number }

type Unnumbered<R> = R extends LogRecord ? Omit<R, 'seq'> : never

/** A record that has no position yet. The body must not be changed until its append has settled. */
export type NewRecord = Unnumbered<LogRecord>

const RECEIVED_AT = 1
/** Where what differs by kind begins. */
const REST = 7
const OFFSET_BYTES = 6
const SID_BYTES = 32

/** Latest arrival that fits the 48 bits: the year 10889. */
const RECEIVED_AT_MS_MAX = 2 ** 48 - 1

/** Fewest bytes a payload can have, whatever its kind: the kind and the arrival. */
export const PAYLOAD_BYTES_MIN = REST
/** Largest offset that fits its 48 bits with a sign. */
const CLOCK_OFFSET_MS_MAX = 2 ** 47 - 1

/** Arrival by the clock that the event's session began by, epoch milliseconds. */
export function arrivedAtMs({
  receivedAtMs,
  clockOffsetMs = 0,
}: {
  readonly receivedAtMs: number
  readonly clockOffsetMs?: number
}): number {
  return receivedAtMs + clockOffsetMs
}

/** Says why a record cannot be written, if so: a mistake of the caller. */
export function recordProblem(record: NewRecord, bodyBytesMax: number): RangeError | undefined {
  const { receivedAtMs } = record
  if (!Number.isSafeInteger(receivedAtMs) || receivedAtMs < 0 || receivedAtMs > RECEIVED_AT_MS_MAX) {
    return new RangeError(`receivedAtMs must be integer milliseconds since 1970, not ${receivedAtMs}`)
  }
  const offsetMs = offsetOf(record)
  if (!Number.isSafeInteger(offsetMs) || Math.abs(offsetMs) > CLOCK_OFFSET_MS_MAX) {
    return new RangeError(`clockOffsetMs must be integer milliseconds, not ${offsetMs}`)
  }
  if (record.kind !== 'event') return undefined
  if (!/^[0-9a-f]{64}$/.test(record.sid)) {
    return new RangeError(`sid must be 64 lower-case hex digits, not '${record.sid.slice(0, 80)}'`)
  }
  if (record.body.length > bodyBytesMax) {
    return new RangeError(`body has ${record.body.length} bytes, the most is ${bodyBytesMax}`)
  }
  return undefined
}

/**
 * Size of the record's payload: u8 kind, u48 receivedAtMs; where it has an offset i48 clockOffsetMs; for events the
 * sid's 32 bytes and the body.
 */
export function payloadBytes(record: NewRecord): number {
  const head = REST + (offsetOf(record) === 0 ? 0 : OFFSET_BYTES)
  return record.kind === 'event' ? head + SID_BYTES + record.body.length : head
}

/** Writes the payload at `at`; `receivedAtMs` is the record's, or the later one of the record before. */
export function writePayload(into: Buffer, at: number, record: NewRecord, receivedAtMs: number): void {
  const offsetMs = offsetOf(record)
  into.writeUInt8(kindByteOf(record), at)
  into.writeUIntLE(receivedAtMs, at + RECEIVED_AT, 6)
  let end = at + REST
  if (offsetMs !== 0) end = into.writeIntLE(offsetMs, end, OFFSET_BYTES)
  if (record.kind === 'event') {
    into.write(record.sid, end, SID_BYTES, 'hex')
    into.set(record.body, end + SID_BYTES)
  }
}

function offsetOf(record: NewRecord): number {
  return record.kind === 'event' || record.kind === 'clock' ? (record.clockOffsetMs ?? 0) : 0
}

/** Records without an offset are written as earlier versions read them. */
function kindByteOf(record: NewRecord): number {
  if (offsetOf(record) === 0) return RecordKind[record.kind]
  return record.kind === 'event' ? RecordKind.eventWithOffset : RecordKind.clockWithOffset
}

/** Arrival of any payload. Every kind begins the same, also those that later versions add. */
export function readReceivedAtMs(payload: Buffer): number {
  return payload.readUIntLE(RECEIVED_AT, 6)
}

/**
 * The record in a payload. The body is a view into it, not a copy.
 *
 * @throws JournalUnsupported for a kind that this version does not know.
 */
export function readPayload(payload: Buffer, seq: number): LogRecord {
  const kind = payload.readUInt8(0)
  const receivedAtMs = readReceivedAtMs(payload)
  switch (kind) {
    case RecordKind.event:
      return {
        kind: 'event',
        seq,
        receivedAtMs,
        ...eventIn(payload, REST),
      }
    case RecordKind.eventWithOffset:
      return {
        kind: 'event',
        seq,
        receivedAtMs,
        clockOffsetMs: payload.readIntLE(REST, OFFSET_BYTES),
        ...eventIn(payload, REST + OFFSET_BYTES),
      }
    case RecordKind.clock:
      return { kind: 'clock', seq, receivedAtMs }
    case RecordKind.clockWithOffset:
      return { kind: 'clock', seq, receivedAtMs, clockOffsetMs: payload.readIntLE(REST, OFFSET_BYTES) }
    case RecordKind.erased:
      return { kind: 'erased', seq, receivedAtMs }
    case RecordKind.lost:
      return { kind: 'lost', seq, receivedAtMs }
    default:
      throw new JournalUnsupported(
        `record ${seq} is of kind ${kind}, which this version of Playhead does not know; a newer one wrote it`,
      )
  }
}

function eventIn(payload: Buffer, at: number): { sid: string; body: Buffer } {
  const bodyAt = at + SID_BYTES
  return { sid: payload.toString('hex', at, bodyAt), body: payload.subarray(bodyAt) }
}

/** What is left of a payload when its event is erased: when it came. */
export function erasedPayload(payload: Buffer): Buffer {
  const erased = Buffer.from(payload.subarray(0, PAYLOAD_BYTES_MIN))
  erased.writeUInt8(RecordKind.erased, 0)
  return erased
}
