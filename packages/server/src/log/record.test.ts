import { expect, test } from 'vitest'
import { SID } from '../../test/journal/records.ts'
import { JournalUnsupported } from './journalErrors.ts'
import { erasedPayload, payloadBytes, readPayload, writePayload } from './record.ts'

test('an event is its kind, its arrival, the session id as bytes, and the body', () => {
  const record = { kind: 'event', receivedAtMs: 0x010203040506, sid: SID, body: Buffer.from('{}') } as const
  const payload = Buffer.alloc(payloadBytes(record))
  writePayload(payload, 0, record, record.receivedAtMs)
  expect(payload.toString('hex')).toBe(`01060504030201${SID}7b7d`)
  expect(readPayload(payload, 7)).toEqual({ ...record, seq: 7 })
})

test('a clock record is its kind and its arrival', () => {
  const payload = Buffer.from('02060504030201', 'hex')
  expect(readPayload(payload, 8)).toEqual({ kind: 'clock', seq: 8, receivedAtMs: 0x010203040506 })
})

test('where a session’s clock is not the log’s, the difference stands behind the arrival', () => {
  const event = {
    kind: 'event',
    receivedAtMs: 0x010203040506,
    clockOffsetMs: -2,
    sid: SID,
    body: Buffer.from('{}'),
  } as const
  const payload = Buffer.alloc(payloadBytes(event))
  writePayload(payload, 0, event, event.receivedAtMs)
  expect(payload.toString('hex')).toBe(`05060504030201feffffffffff${SID}7b7d`)
  expect(readPayload(payload, 7)).toEqual({ ...event, seq: 7 })
  expect(erasedPayload(payload).toString('hex')).toBe('03060504030201')

  const clock = { kind: 'clock', receivedAtMs: 0x010203040506, clockOffsetMs: 0x0a0b } as const
  const told = Buffer.alloc(payloadBytes(clock))
  writePayload(told, 0, clock, clock.receivedAtMs)
  expect(told.toString('hex')).toBe('060605040302010b0a00000000')
  expect(readPayload(told, 8)).toEqual({ ...clock, seq: 8 })
})

test('of an erased record its kind and its arrival are left', () => {
  const payload = erasedPayload(Buffer.from(`01060504030201${SID}7b7d`, 'hex'))
  expect(payload.toString('hex')).toBe('03060504030201')
  expect(readPayload(payload, 8)).toEqual({ kind: 'erased', seq: 8, receivedAtMs: 0x010203040506 })
})

test('a kind that a later version added is an error that names it', () => {
  const payload = Buffer.from('fe060504030201ffff', 'hex')
  expect(() => readPayload(payload, 9)).toThrow(JournalUnsupported)
  expect(() => readPayload(payload, 9)).toThrow('record 9 is of kind 254')
})
