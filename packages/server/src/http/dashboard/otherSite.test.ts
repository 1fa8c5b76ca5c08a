import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { otherSite } from './otherSite.ts'

function isOther(
  origin: string | undefined,
  host: string,
  protocol: 'http' | 'https' = 'http',
  site?: string,
): boolean {
  const headers = {
    ...(origin !== undefined && { origin }),
    ...(site !== undefined && { 'sec-fetch-site': site }),
  }
  return otherSite({ headers, host, protocol } as FastifyRequest) !== undefined
}

test.each([
  ['no browser', undefined, 'stats.example.com', 'http'],
  ['our page', 'http://stats.example.com', 'stats.example.com', 'http'],
  ['our page, with a port', 'http://localhost:8080', 'localhost:8080', 'http'],
  ['our page in other letters', 'http://stats.example.com', 'Stats.Example.COM', 'http'],
  ['the usual port, written out', 'https://stats.example.com', 'stats.example.com:443', 'https'],
  ['TLS that ends in a proxy which is not trusted', 'https://stats.example.com', 'stats.example.com', 'http'],
  ['an address of IPv6', 'http://[::1]:8080', '[::1]:8080', 'http'],
] as const)('%s is no other site', (_what, origin, host, protocol) => {
  expect(isOther(origin, host, protocol)).toBe(false)
})

test.each([
  ['another host', 'http://evil.example', 'stats.example.com', 'http'],
  ['a host that begins alike', 'http://stats.example.com.evil.example', 'stats.example.com', 'http'],
  ['a neighbour below the same domain', 'https://shop.example.com', 'stats.example.com', 'https'],
  ['another port of the host', 'http://localhost:3000', 'localhost:8080', 'http'],
  ['the same host without TLS', 'http://stats.example.com', 'stats.example.com', 'https'],
  ['a page without an address', 'null', 'stats.example.com', 'http'],
  ['an app made of pages', 'capacitor://localhost', 'localhost', 'http'],
  ['no origin at all', 'stats.example.com', 'stats.example.com', 'http'],
  ['a request without a host', 'http://stats.example.com', '', 'http'],
] as const)('%s is another site', (_what, origin, host, protocol) => {
  expect(isOther(origin, host, protocol)).toBe(true)
})

test('what the browser says of the site counts as well', () => {
  expect(isOther(undefined, 'a.example', 'https', 'cross-site')).toBe(true)
  expect(isOther('https://a.example', 'a.example', 'https', 'same-site')).toBe(true)
  expect(isOther('https://a.example', 'a.example', 'https', 'same-origin')).toBe(false)
  expect(isOther(undefined, 'a.example', 'https', 'none')).toBe(false)
})
