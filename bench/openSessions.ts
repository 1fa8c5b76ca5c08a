import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sessionIds } from 'playhead/dist/events/sessionId.js'
import { loadSessionKeys } from 'playhead/dist/events/sessionKeys.js'
import { openJournal } from 'playhead/dist/log/journal.js'

const examples = join(import.meta.dirname, '../packages/protocol/examples/events/valid')

/** What each session has sent. */
const playback = [
  ['sessionStart-web-sdk', 0],
  ['play', 0],
  ['ping', 10],
] as const

/** The last event was so long ago; far less than what closes an idle session. */
const lastEventAgoMs = 30_000
/** Appended at once. */
const sliceSessions = 1000

/**
 * Write the journal of a server that has this many open sessions and was killed before its first checkpoint. Answers
 * the id of one of them.
 */
export async function writeOpenSessions(dataDir: string, sessions: number): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  const ids = sessionIds(await loadSessionKeys(dataDir))
  const journal = await openJournal({ dir: join(dataDir, 'journal') })
  const events = await Promise.all(
    playback.map(async ([name, playhead]) => {
      const event = JSON.parse(await readFile(join(examples, `${name}.json`), 'utf8')) as object
      return (ts: number) => Buffer.from(JSON.stringify({ ...event, playerTime: { playhead, ts } }))
    }),
  )
  const endMs = Date.now() - lastEventAgoMs
  let sids: readonly string[] = []
  for (const [index, bodyAt] of events.entries()) {
    const receivedAtMs = endMs - (events.length - index) * 1000
    if (index === 0) sids = Array.from({ length: sessions }, () => ids.create(receivedAtMs))
    for (let from = 0; from < sessions; from += sliceSessions) {
      const slice = sids.slice(from, from + sliceSessions)
      await Promise.all(
        slice.map((one) =>
          journal.append({ kind: 'event', receivedAtMs, sid: one, body: bodyAt(receivedAtMs) }),
        ),
      )
      await journal.append({ kind: 'clock', receivedAtMs })
    }
  }
  await journal.close()
  return sids[0] ?? ''
}
