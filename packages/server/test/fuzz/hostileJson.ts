import type { Random } from '@playhead/testing/simulator/random.ts'

/** Bytes that were JSON once. Most are JSON still, some a valid event with an odd value in it. */
export function hostileJson(valid: string, random: Random): Buffer {
  let text = valid
  for (let times = random.whole(1, 3); times > 0; times -= 1) text = random.pick(textChanges)(text, random)
  const bytes = Buffer.from(text)
  return random.chance(0.3) ? random.pick(byteChanges)(bytes, random) : bytes
}

const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\]:,]/gsu

type TextChange = (text: string, random: Random) => string

const textChanges: readonly TextChange[] = [
  (text, random) => changeToken(text, random, /^-?\d/, () => random.pick(numbers)),
  (text, random) => changeToken(text, random, /^"/, () => random.pick(strings)),
  (text, random) => changeToken(text, random, /^["\dtfn-]/, () => random.pick(values)),
  (text, random) => changeToken(text, random, /^["\dtfn-]/, () => nested(random)),
  (text, random) => changeToken(text, random, /^\{/, () => `{${random.pick(members)},`),
  (text, random) => changeToken(text, random, /^\{/, (found) => `${found}${memberOf(text, random)},`),
  (text, random) => changeToken(text, random, /./, () => ''),
  (text, random) =>
    changeToken(text, random, /./, (found) => found + random.pick([found, ' ', '\n', '\t', '\f'])),
]

/** Replace one of the tokens that look like that. */
function changeToken(text: string, random: Random, look: RegExp, change: (found: string) => string): string {
  const found = [...text.matchAll(token)].filter(([each]) => look.test(each))
  if (found.length === 0) return text
  const one = random.pick(found)
  return text.slice(0, one.index) + change(one[0]) + text.slice(one.index + one[0].length)
}

/** A member that the text has somewhere already: twice in an object, or where it does not belong. */
function memberOf(text: string, random: Random): string {
  const keys = text.match(/"(?:[^"\\]|\\.)*"(?=:)/gsu) ?? ['"a"']
  return `${random.pick(keys)}:${random.pick(values)}`
}

function nested(random: Random): string {
  const depth = random.pick([2, 10, 63, 64, 65, 500])
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const)
  return `${open.repeat(depth)}1${close.repeat(random.pick([depth, depth, depth - 1, depth + 1]))}`
}

const numbers = [
  '0',
  '-0',
  '-0.0',
  '1e999',
  '-1e999',
  '1e-400',
  '5e-324',
  '1.7976931348623157e308',
  '9007199254740993',
  '-9007199254740993',
  '18446744073709551616',
  '123456789012345678901234567890',
  '0.1e1',
  '1E+2',
  '01',
  '+1',
  '.5',
  '1.',
  '0x10',
  'NaN',
  'Infinity',
  '-Infinity',
  '-1',
  '1.5',
  '1700000000',
  '1700000000000',
  '4102444800000',
  '1e12',
  '1e13',
  '86399.999',
  '86400',
  '2147483648',
  '1e21',
]

const strings = [
  '',
  '\\u0000',
  '\\ud800',
  '\\udc00x',
  '\\ud83d\\ude00',
  '\\uFEFF',
  '\\u2028',
  '\\u202e',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u{1F3AC}',
  '\\r\\nset-cookie: a=b',
  '\\u001b[31m',
  "'; DROP TABLE events; --",
  '{p0:String}',
  '=1+1',
  '@SUM(A1)',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '\\\\',
  '\\x',
  '\\u12',
  'null',
  'sessionStart',
  'play',
  'live',
  'LIVE',
  'N/A',
  '0',
  '-1',
  'true',
  '\\"',
]
  .map((text) => `"${text}"`)
  .concat(
    `"${'x'.repeat(300)}"`,
    `"${'é'.repeat(9000)}"`,
    `"${'\\u0000'.repeat(2000)}"`,
    `"${'y'.repeat(16_384)}"`,
    '"a\u0000b"',
    '"a\nb"',
    '"open',
    "'single'",
  )

const values = [
  ...numbers,
  ...strings,
  'true',
  'false',
  'null',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"a":{}}',
  '[1,2,3]',
  'undefined',
  '',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"length":1}',
  '{"then":1}',
]

const members = [
  '"__proto__":{"polluted":true}',
  '"__proto__":null',
  '"constructor":{"prototype":{"polluted":true}}',
  '"prototype":{}',
  '"toString":1',
  '"valueOf":"x"',
  '"":1',
  '"\\u0000":1',
  '"\\ud800":"\\udfff"',
  '"a b":"c"',
  '"media.downloaded":true',
  '"media.length":-1',
  '"eventType":"play"',
  '"ts":1',
  `"${'k'.repeat(1025)}":1`,
  Array.from({ length: 1001 }, (_, nth) => `"m${nth}":""`).join(','),
]

type ByteChange = (bytes: Buffer, random: Random) => Buffer

const byteChanges: readonly ByteChange[] = [
  (bytes, random) => bytes.subarray(0, random.whole(0, bytes.length)),
  (bytes, random) => spliced(bytes, random, random.pick(oddBytes)),
  (bytes, random) => spliced(bytes, random, Buffer.from([random.whole(0, 255)])),
  (bytes, random) => spliced(bytes, random, bytes.subarray(0, random.whole(0, 40))),
  (bytes, random) => Buffer.concat([random.pick(oddBytes), bytes]),
  (bytes, random) => Buffer.concat([bytes, random.pick(oddBytes)]),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  (bytes, random) => Buffer.from(bytes.map((byte) => (random.chance(0.01) ? random.whole(0, 255) : byte))),
]

const oddBytes = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x82],
  [0x00],
  [0x0d, 0x0a],
  [0x20],
  [0x7d],
  [0x5d],
  [0x1b, 0x5b, 0x33, 0x31, 0x6d],
].map((each) => Buffer.from(each))

function spliced(bytes: Buffer, random: Random, added: Buffer): Buffer {
  const at = random.whole(0, bytes.length)
  return Buffer.concat([
    bytes.subarray(0, at),
    added,
    bytes.subarray(at + (random.chance(0.5) ? added.length : 0)),
  ])
}
