/** A server's process that opens a store and keeps inserting, until it is killed. */
import { openStore } from '../dist/clickhouse/openStore.js'

const store = openStore({ dataDir: process.argv[2] ?? '' })
await store.whenReady()
const row = { sid: 'a', seq: 1, received_at: 0, ts: 0, event_type: 'ping', playhead: 0, body: '{}' }
await store.insert('events', [row], 'first')
process.send?.('inserted')
for (;;) {
  await store.insert('events', [row], 'again')
}
