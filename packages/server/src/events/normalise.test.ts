import { expect, test } from 'vitest'
import { normalise } from './normalise.ts'

const stored = { seq: 1, receivedAtMs: 0, fingerprint: 0 }

function errorOf(params: Readonly<Record<string, unknown>>, qoeData: Readonly<Record<string, unknown>>) {
  const event = normalise(stored, { eventType: 'error', playerTime: { playhead: 0, ts: 0 }, params, qoeData })
  return event.type === 'error' ? event.error : undefined
}

test('the id of an error is the first that is not empty', () => {
  const ids = { 'media.qoe.errorID': 'in params' }
  expect(errorOf({ ...ids, 'media.errorId': 'new' }, { 'media.qoe.errorID': 'old' })?.id).toBe('new')
  expect(errorOf({ ...ids, 'media.errorId': '' }, { 'media.qoe.errorID': 'old' })?.id).toBe('old')
  expect(errorOf({ ...ids, 'media.errorId': '' }, { 'media.qoe.errorID': '' })?.id).toBe('in params')
  expect(errorOf({ 'media.errorId': '' }, {})?.id).toBeUndefined()
})
