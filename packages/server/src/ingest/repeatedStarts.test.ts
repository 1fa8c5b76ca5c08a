import { expect, test } from 'vitest'
import { startBody } from '@playhead/testing/player.ts'
import { repeatKeyOf, RepeatedStarts } from './repeatedStarts.ts'

// Rule E-8: a start that is sent again opens no second session.
const taken = Promise.resolve({ ok: true })

test.each([
  ['an ECID', { 'visitor.marketingCloudUserId': '1' }],
  ['a visitor id', { 'analytics.visitorId': 'v' }],
  ['a legacy id', { 'analytics.aid': 'a' }],
  ['an installation', { appInstallationId: 'i' }],
  ['a customer', { 'visitor.customerIDs': { puuid: { id: 'c' } } }],
])('a start that names %s is known by its bytes and its address', (_what, params) => {
  const start = startBody(1, params)
  const keyOf = (body: string, address: string): string | undefined =>
    repeatKeyOf(start, Buffer.from(body), address)
  expect(keyOf('a', '192.0.2.1')).toBeDefined()
  expect(keyOf('a', '192.0.2.1')).toBe(keyOf('a', '192.0.2.1'))
  expect(keyOf('a', '192.0.2.1')).not.toBe(keyOf('b', '192.0.2.1'))
  expect(keyOf('a', '192.0.2.1')).not.toBe(keyOf('a', '192.0.2.2'))
})

test.each([
  {},
  { 'visitor.marketingCloudUserId': '' },
  { 'analytics.visitorId': 7 },
  { 'visitor.customerIDs': {} },
  { 'visitor.customerIDs': { puuid: { id: '' } } },
])('a start with %j names no visitor, and is never known again', (params) => {
  expect(repeatKeyOf(startBody(1, params), Buffer.from('a'), '192.0.2.1')).toBeUndefined()
})

test('a start is known for a minute, until its session has an event', () => {
  const starts = new RepeatedStarts()
  starts.remember('key', 'sid', 1000, taken)
  expect(starts.find('key', 61_000)?.sid).toBe('sid')
  expect(starts.find('key', 61_001)).toBeUndefined()
  starts.forget('sid')
  expect(starts.find('key', 1000)).toBeUndefined()
})

test('a start that could not be written is not known', async () => {
  const starts = new RepeatedStarts()
  starts.remember('refused', 'a', 0, Promise.resolve({ ok: false }))
  starts.remember('failed', 'b', 0, Promise.reject(new Error('disk')))
  const isDurable = async (key: string): Promise<boolean | undefined> => starts.find(key, 0)?.isDurable
  expect(await Promise.all([isDurable('refused'), isDurable('failed')])).toEqual([false, false])
  expect(starts.find('refused', 0)).toBeUndefined()
  expect(starts.find('failed', 0)).toBeUndefined()
})

test('so many starts are remembered, and the oldest are forgotten', () => {
  const starts = new RepeatedStarts()
  for (let nth = 0; nth <= 50_000; nth += 1) starts.remember(`key ${nth}`, `sid ${nth}`, nth, taken)
  expect(starts.find('key 0', 50_000)).toBeUndefined()
  expect(starts.find('key 1', 50_000)?.sid).toBe('sid 1')
})
