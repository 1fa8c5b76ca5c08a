import type { Random } from '@playhead/testing/simulator/random.ts'

/** Bytes whose frame is broken. What they mean, if anything, is for the server to say; the connection ends with them. */
export function brokenRequest(whole: Buffer, random: Random): Buffer {
  const text = whole.toString('latin1')
  const change = random.pick(changes)
  return Buffer.from(change(text, random), 'latin1')
}

const changes: readonly ((request: string, random: Random) => string)[] = [
  // Cut short anywhere.
  (request, random) => request.slice(0, random.whole(0, request.length - 1)),
  // Lengths that are wrong, odd, or two.
  (request, random) => withHeader(request, `Content-Length: ${random.pick(lengths)}`),
  (request) => withHeader(request, 'Transfer-Encoding: chunked'),
  (request) => withHeader(withHeader(request, 'Transfer-Encoding: chunked'), 'Content-Length: 5'),
  (request, random) => withHeader(request, `Transfer-Encoding: ${random.pick(codings)}`),
  (request, random) =>
    `${headOf(request).replace(/(Content-Length|Transfer-Encoding).*\r\n/gi, '')}Transfer-Encoding: chunked\r\n\r\n${random.pick(chunks)}`,
  // Lines that are none.
  (request, random) => request.replace(/^[^\r]*/, random.pick(requestLines)),
  (request, random) => withHeader(request, random.pick(headerLines)),
  (request) => request.replaceAll('\r\n', '\n'),
  (request) => request.replaceAll('\r\n', '\r'),
  (request) => request.replace('Host: localhost\r\n', ''),
  (request) => withHeader(request, `X: ${'h'.repeat(20_000)}`),
  (request) => request.replace('\r\n', `\r\n${'A:\r\n'.repeat(3000)}`),
  // Noise, before it, in it, and alone.
  (request, random) => noise(random, 20) + request,
  (request, random) => {
    const at = random.whole(0, request.length)
    return request.slice(0, at) + noise(random, 5) + request.slice(at + 5)
  },
  (_request, random) => noise(random, 500),
  () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  // What came whole before it is answered all the same.
  (request, random) => request + noise(random, 30),
]

const lengths = [
  '-1',
  '+5',
  '0x10',
  '1e3',
  '99999999999999999999',
  '5, 5',
  '5, 6',
  ' ',
  'abc',
  '18446744073709551617',
]
const codings = [
  'gzip',
  'chunked, gzip',
  'gzip, chunked',
  'identity',
  'xchunked',
  'chunked, chunked',
  ' chunked',
  '\tchunked',
]
const chunks = [
  'g\r\n',
  '-1\r\n',
  '5\r\nab\r\n0\r\n\r\n',
  'ffffffffffffffffff\r\n',
  '5;a=\x00\r\nabcde\r\n0\r\n\r\n',
  '\r\n',
  '1\nab',
  '2\r\n{}\r\n',
  '2\r\n{}XX0\r\n\r\n',
  '0\r\nContent-Length: 5\r\n\r\n',
  `5;${'x'.repeat(20_000)}\r\nabcde\r\n0\r\n\r\n`,
]
const requestLines = [
  'GET / HTTP/0.9',
  'GET / HTTP/1.0',
  'POST /api/v1/sessions HTTP/1.0',
  'GET / HTTP/2.0',
  'GET / HTTP/9.9',
  'GET /',
  'GET',
  '',
  ' GET / HTTP/1.1',
  'GET  / HTTP/1.1',
  'GET / HTTP/1.1 x',
  'G\x00T / HTTP/1.1',
  'GET /\x00 HTTP/1.1',
  'GET /a b HTTP/1.1',
  'BREW /pot HTTP/1.1',
  'QUERY / HTTP/1.1',
  'get / HTTP/1.1',
  'CONNECT localhost:80 HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  `GET /${'u'.repeat(20_000)} HTTP/1.1`,
  'POST http:///api HTTP/1.1',
  'GET \xff HTTP/1.1',
  'CONNECT / HTTP/1.1',
]
const headerLines = [
  'No-Colon',
  ': empty',
  'Sp ace: x',
  'X : y',
  'X\x00: y',
  'X: a\x00b',
  'X: a\rb',
  ' folded',
  'Host: a\r\nHost: b',
  'Connection: Upgrade\r\nUpgrade: websocket',
  'Connection: close, keep-alive',
  'Expect: 100-continue',
  'Host: \x00',
  'User-Agent: \x1b[31m',
]

function noise(random: Random, length: number): string {
  return Array.from({ length: random.whole(1, length) }, () =>
    String.fromCharCode(random.whole(0, 255)),
  ).join('')
}

function headOf(request: string): string {
  return request.slice(0, request.indexOf('\r\n\r\n') + 2)
}

function withHeader(request: string, line: string): string {
  return request.replace('\r\n', `\r\n${line}\r\n`)
}
