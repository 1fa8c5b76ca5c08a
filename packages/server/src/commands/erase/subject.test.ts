import { expect, test } from 'vitest'
import { isOf, type Subject } from './subject.ts'

const visitor: Subject = { kind: 'visitor', id: 'id-1', isAnywhere: false }

function start(params: object, members: object = {}): string {
  return JSON.stringify({ eventType: 'sessionStart', params, ...members })
}

test.each([
  ['visitor.marketingCloudUserId', start({ 'visitor.marketingCloudUserId': 'id-1' })],
  ['analytics.visitorId', start({ 'analytics.visitorId': 'id-1' })],
  ['analytics.aid', start({ 'analytics.aid': 'id-1' })],
  ['appInstallationId', start({ appInstallationId: 'id-1' })],
  ['a customer id', start({ 'visitor.customerIDs': { crm: { id: 'other' }, shop: { id: 'id-1' } } })],
  ['a start in a list', `[${start({ 'analytics.aid': 'id-1' })},{"eventType":"play"}]`],
  ['an escape', start({ 'analytics.aid': 'id-1' }).replace('id-1', String.raw`\u0069d-1`)],
])('a session is the visitor’s by %s', (_what, text) => {
  expect(isOf(visitor, 'sid', text)).toBe(true)
})

test.each([
  ['a part of an id', start({ 'analytics.aid': 'id-12' })],
  ['the value of another parameter', start({ 'media.id': 'id-1' })],
  ['custom metadata', start({}, { customMetadata: { who: 'id-1' } })],
  ['another event', JSON.stringify({ eventType: 'play', params: { 'analytics.aid': 'id-1' } })],
  ['customer ids of no known shape', start({ 'visitor.customerIDs': ['id-1', null, 7] })],
  ['no params', '{"eventType":"sessionStart","x":"id-1"}'],
])('it is not by %s', (_what, text) => {
  expect(isOf(visitor, 'sid', text)).toBe(false)
})

test('a number is the id it looks like', () => {
  const numeric = { ...visitor, id: '42' }
  expect(isOf(numeric, 'sid', start({ 'analytics.visitorId': 42 }))).toBe(true)
  expect(isOf(numeric, 'sid', start({ 'analytics.visitorId': 420 }))).toBe(false)
})

test('anywhere is anywhere, also in a name and behind escapes', () => {
  const anywhere = { ...visitor, isAnywhere: true }
  expect(isOf(anywhere, 'sid', '{"eventType":"ping","customMetadata":{"of":"the id-1 there"}}')).toBe(true)
  expect(isOf(anywhere, 'sid', String.raw`{"customMetadata":{"the \u0069d-1":""}}`)).toBe(true)
  expect(isOf(anywhere, 'sid', String.raw`{"customMetadata":{"\u0069d-2":""}}`)).toBe(false)
})

test('a session is itself alone', () => {
  expect(isOf({ kind: 'session', id: 'sid' }, 'sid', '{}')).toBe(true)
  expect(isOf({ kind: 'session', id: 'sid' }, 'other', '{"sid":"sid"}')).toBe(false)
})
