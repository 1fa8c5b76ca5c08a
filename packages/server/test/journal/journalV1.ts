import type { NewRecord } from '../../src/log/record.ts'

/** The limit with which the fixture was written: it makes two segments of the groups below. */
export const JOURNAL_V1_SEGMENT_BYTES_MAX = 512

/** What is in test/fixtures/journal-v1, group by group. The fixture was written once, by format version 1, and stays. */
export const journalV1: NewRecord[][] = [
  [
    {
      kind: 'event',
      receivedAtMs: 1_767_225_600_000,
      sid: '00ff'.repeat(16),
      body: Buffer.from('{"eventType":"sessionStart","playerTime":{"playhead":0,"ts":1767225599950}}'),
    },
    {
      kind: 'event',
      receivedAtMs: 1_767_225_600_000,
      sid: '0123456789abcdef'.repeat(4),
      body: Buffer.from('{"eventType":"play","params":{"media.name":"Für Élise 🎹"}}'),
    },
  ],
  [{ kind: 'clock', receivedAtMs: 1_767_225_601_000 }],
  [{ kind: 'event', receivedAtMs: 1_767_225_602_000, sid: 'f'.repeat(64), body: Buffer.alloc(0) }],
  [
    { kind: 'clock', receivedAtMs: 1_767_225_603_000 },
    {
      kind: 'event',
      receivedAtMs: 1_767_225_604_000,
      sid: '0123456789abcdef'.repeat(4),
      body: Buffer.from(`{"eventType":"ping","customMetadata":{"pad":"${'x'.repeat(120)}"}}`),
    },
  ],
  [{ kind: 'clock', receivedAtMs: 1_767_225_605_000 }],
]
