import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openJournal } from '../src/log/journal.ts'
import type { NewRecord } from '../src/log/record.ts'
import { eventBody, isClosed, type Report, reportOf, startBody } from '@playhead/testing/player.ts'
import { runToItsEnd, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

const dayMs = 86_400_000
/** A server starts twice, and a store is rebuilt. */
const timeoutMs = 240_000
const settings = {
  PLAYHEAD_LOG_LEVEL: 'error',
  PLAYHEAD_SESSION_IDLE_TIMEOUT_S: '6',
  PLAYHEAD_SESSION_GRACE_S: '0',
  PLAYHEAD_REORDER_WINDOW_MS: '500',
  // What is stored is cut off: a session then is in the archive with its beginning, in the journal with its end.
  PLAYHEAD_JOURNAL_KEEP_BYTES: '0',
}

/** Its clock was right when it began, or wrong by as much as the server's was. */
interface Viewer {
  readonly sid: string
  readonly fromS: number
  readonly toS: number
  readonly offsetMs: number
  readonly isEnded: boolean
}

let remove: () => Promise<void> = async () => {}
afterEach(() => remove())

/** What arrives in a minute in which the clock is corrected at its middle, in order. */
function* arrivals(viewers: readonly Viewer[], fromMs: number, byMs: number): Generator<NewRecord> {
  for (let atS = 0; atS <= 60; atS += 1) {
    const receivedAtMs = fromMs + atS * 1000
    for (const { sid, fromS, toS, offsetMs: clockOffsetMs, isEnded } of viewers) {
      if (atS < fromS || atS > toS) continue
      const tsMs = receivedAtMs + clockOffsetMs
      const type =
        atS === fromS
          ? 'sessionStart'
          : atS === fromS + 1
            ? 'play'
            : atS === toS && isEnded
              ? 'sessionEnd'
              : 'ping'
      const playhead = Math.max(0, atS - fromS - 1)
      const body = type === 'sessionStart' ? startBody(tsMs) : eventBody(type, tsMs, playhead)
      yield { kind: 'event', receivedAtMs, clockOffsetMs, sid, body: Buffer.from(JSON.stringify(body)) }
    }
    yield { kind: 'clock', receivedAtMs, clockOffsetMs: atS < 30 ? 0 : byMs }
  }
}

test.each([
  ['forwards', 30 * dayMs],
  ['back', -30 * dayMs],
])(
  'a clock that was corrected %s: each session is timed by one clock, also after a rebuilding',
  async (_, byMs) => {
    const folder = await temporaryDataDir()
    remove = folder.remove
    const fromMs = Date.now() - 3_600_000
    const viewer = (nth: number, from: number, toS: number, isEnded = true): Viewer => ({
      sid: `${(fromMs + nth).toString(16).padStart(12, '0')}${String(nth).padStart(52, '0')}`,
      fromS: from,
      toS,
      offsetMs: from < 30 ? 0 : byMs,
      isEnded,
    })
    const viewers = [
      viewer(1, 0, 20),
      viewer(2, 10, 58),
      viewer(3, 35, 58),
      viewer(4, 20, 60, false),
      viewer(5, 40, 60, false),
    ]

    const journal = await openJournal({ dir: join(folder.path, 'journal'), segmentBytesMax: 8192 })
    for (const record of arrivals(viewers, fromMs, byMs)) await journal.append(record)
    await journal.close()

    const reports = async (): Promise<Report[]> => {
      const server = await startServer(folder.path, settings)
      const all = await Promise.all(
        viewers.map(({ sid }) => reportOf(server.url, sid, isClosed, '?events=1', 90_000)),
      )
      expect(await server.stop()).toBe(0)
      return all
    }
    const before = await reports()
    for (const [index, { contextData, session, events = [], diagnostics }] of before.entries()) {
      const { fromS, toS, offsetMs, isEnded } = viewers[index] ?? expect.unreachable()
      expect(contextData['a.media.timePlayed']).toBe(toS - fromS - 1)
      expect(session.closeCause).toBe(isEnded ? 'sessionEnd' : 'idle')
      expect(diagnostics).toEqual([])
      expect(events.map(({ receivedAt }) => new Date(receivedAt).getTime())).toEqual(
        Array.from({ length: toS - fromS + 1 }, (__, s) => fromMs + (fromS + s) * 1000 + offsetMs),
      )
    }

    const { code, err } = await runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path, ...settings }, 'rebuild')
    expect([code, err]).toEqual([0, ''])
    expect(await reports()).toEqual(before)
  },
  timeoutMs,
)
