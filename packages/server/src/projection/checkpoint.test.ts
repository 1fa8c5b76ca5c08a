import * as fc from 'fast-check'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LogRecord } from '../log/record.ts'
import { emptyBatch } from './batch.ts'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { createOpenSessions } from './openSessions.ts'

const timeouts = { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 }
const rules = { timeouts, reorderWindowMs: 5000, areSeekedMarkersSkipped: false }
const startMs = 1_700_000_000_000

let dir: string
let path: string
let whole: Checkpoint
let text: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'playhead-checkpoint-'))
  path = join(dir, 'checkpoint.json')
  const openSessions = createOpenSessions(rules, [])
  for (let seq = 1; seq <= 3; seq += 1) {
    // With what Unicode calls the ends of a line and of a paragraph, and JSON does not escape.
    const params = { 'media.id': 'Käse\u2028☕\u2029', 'media.length': 60 }
    const start = { eventType: 'sessionStart', playerTime: { playhead: 0, ts: startMs }, params }
    const body = Buffer.from(JSON.stringify(start))
    const record: LogRecord = { kind: 'event', seq, receivedAtMs: startMs, sid: `session-${seq}`, body }
    openSessions.apply(record, emptyBatch(1))
  }
  whole = { seq: 7, clockOffsetMs: -1, sessions: openSessions.sessions() }
  await writeCheckpoint(path, whole)
  text = await readFile(path, 'utf8')
})
afterAll(() => rm(dir, { recursive: true }))

async function readOf(content: string | Buffer): Promise<Checkpoint> {
  const altered = join(dir, 'altered.json')
  await writeFile(altered, content)
  return readCheckpoint(altered)
}

/** As JSON has it: what is undefined is absent. */
const plain = (checkpoint: Checkpoint): unknown => JSON.parse(JSON.stringify(checkpoint))

test('what was written is read', async () => {
  expect(plain(await readCheckpoint(path))).toEqual(plain(whole))
})

describe('a file that is not as it was written is refused, with a remedy', () => {
  test.each<[string, (lines: readonly string[]) => readonly string[], string]>([
    ['a number altered', ([head = '', ...rest]) => [head.replace('"seq":7', '"seq":8'), ...rest], 'line 1'],
    [
      'a session altered',
      ([head = '', one = '', ...rest]) => [head, one.replace('60', '61'), ...rest],
      'line 2',
    ],
    ['the last line gone', (lines) => lines.slice(0, -2), 'it has 2 of 3 sessions'],
    ['a line gone', ([head = '', , ...rest]) => [head, ...rest], 'line 2'],
    ['a line twice', ([head = '', one = '', ...rest]) => [head, one, one, ...rest], 'line 3'],
    [
      'two lines in the place of each other',
      ([h = '', a = '', b = '', ...rest]) => [h, b, a, ...rest],
      'line 2',
    ],
    ['a line added', (lines) => [...lines.slice(0, -1), '00000000 {}', ''], 'line 5'],
    ['an empty line added', (lines) => [...lines, ''], 'line 5'],
    ['cut within a line', (lines) => [lines.join('\n').slice(0, -10)], 'line 4'],
    ['no checksums', (lines) => lines.map((line) => line.slice(9)), 'line 1 does not match its checksum'],
    ['empty', () => [], 'it is empty'],
    ['other JSON', () => [checked('{}'), ''], 'its first line is not the head of a checkpoint'],
    ['null', () => ['null', ''], 'line 1'],
    ['junk', () => ['\0\u00ff\ufffe', ''], 'line 1'],
  ])('%s', async (_, alter, reason) => {
    const reading = readOf(alter(text.split('\n')).join('\n'))
    await expect(reading).rejects.toThrow(`altered.json is damaged: ${reason}`)
    await expect(reading).rejects.toThrow('playhead salvage')
  })

  test('any byte altered', async () => {
    const bytes = Buffer.from(text)
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 2 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const altered = Buffer.from(bytes)
          altered[at] = (altered[at] ?? 0) ^ by
          await expect(readOf(altered)).rejects.toThrow('altered.json')
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a file of another format, which says so', async () => {
    const head = '{"format":99,"seq":1,"clockOffsetMs":0,"sessions":0}'
    await expect(readOf(`${checked(head)}\n`)).rejects.toThrow('has format 99; this version reads format 1')
  })
})

/** A first line with its checksum. */
function checked(json: string): string {
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}`
}
