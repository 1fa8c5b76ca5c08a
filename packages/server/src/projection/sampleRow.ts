import type { StoreTable } from '../clickhouse/store.ts'
import type { Row } from './rows/row.ts'
import { emptyBatch } from './batch.ts'
import { createOpenSessions } from './openSessions.ts'

const atMs = Date.UTC(2020, 0, 1)
const event = (eventType: string, afterMs: number, params: object) => ({
  eventType,
  playerTime: { ts: atMs + afterMs, playhead: 0 },
  params,
})
/** A session that has a row in each table; its end of a break without one is worth a warning. */
const list = [
  event('sessionStart', 0, {
    'media.id': 'sample',
    'media.length': 60,
    'media.contentType': 'vod',
    'media.playerName': 'sample',
    'media.channel': 'sample',
    'media.downloaded': true,
  }),
  event('chapterStart', 1000, {
    'media.chapter.index': 1,
    'media.chapter.offset': 0,
    'media.chapter.length': 60,
  }),
  event('adBreakStart', 2000, {
    'media.ad.podFriendlyName': 'sample',
    'media.ad.podIndex': 0,
    'media.ad.podSecond': 0,
  }),
  event('adStart', 2000, {
    'media.ad.id': 'sample',
    'media.ad.length': 1,
    'media.ad.podPosition': 0,
    'media.ad.playerName': 'sample',
  }),
  event('adComplete', 3000, {}),
  event('adBreakComplete', 3000, {}),
  event('adBreakComplete', 3000, {}),
  event('chapterComplete', 4000, {}),
  event('sessionComplete', 5000, {}),
]

/** A row that its table takes if it takes any, of a session that nobody has watched. */
export function sampleRow(table: StoreTable): Row {
  const batch = emptyBatch(1)
  const rules = {
    timeouts: { idleMs: 0, stillMs: 0, ageMs: 0, graceMs: 0 },
    reorderWindowMs: 0,
    areSeekedMarkersSkipped: false,
  }
  const body = Buffer.from(JSON.stringify(list))
  createOpenSessions(rules, []).apply(
    { kind: 'event', seq: 1, receivedAtMs: atMs, sid: '0'.repeat(64), body },
    batch,
  )
  const [row] = table === 'refusals' ? [] : batch.rows[table].values()
  if (row === undefined) throw new Error(`there is no sample of a row in ${table}`)
  return row
}
