import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { listeningOn } from './listening.ts'

const at = (address: string, internal = false): NetworkInterfaceInfo => {
  const rest = { address, internal, netmask: '', mac: '', cidr: null }
  return address.includes(':') ? { ...rest, family: 'IPv6', scopeid: 0 } : { ...rest, family: 'IPv4' }
}
const interfaces = [at('127.0.0.1', true), at('192.0.2.7'), at('fe80::1'), at('2001:db8::7'), at('::1', true)]

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8080', []],
  ['192.0.2.7', 'http://192.0.2.7:8080', []],
  ['0.0.0.0', 'https://127.0.0.1:8443', ['https://192.0.2.7:8443']],
  ['::', 'http://[::]:8080', ['http://192.0.2.7:8080', 'http://[2001:db8::7]:8080']],
  ['0.0.0.0', 'http://127.0.0.1:80', ['http://192.0.2.7']],
])('told to listen on %s others find it under', (host, url, urlsForOthers) => {
  const own = url.replace('[::]', '[::1]')
  expect(listeningOn(url, host, interfaces)).toEqual({ url: own, urlsForOthers })
})
