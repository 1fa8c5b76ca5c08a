import { isClosed, reportOf } from '@playhead/testing/player.ts'
import { patienceMs } from './eventually.ts'
import type { Ledger, SentSession } from './ledger.ts'
import { judge } from './judge.ts'

/**
 * Ask the running server for sessions that were ended, and hold its reports against the ledger: the way a user sees
 * them. Waits until the store has them. Answers what is wrong.
 */
export async function askFor(url: string, sessions: readonly SentSession[]): Promise<string[]> {
  const wrong: string[] = []
  for (const sent of sessions) {
    const report = await reportOf(url, sent.sid, isClosed, '?events=1', patienceMs).catch(
      (error: Error) => error,
    )
    if (report instanceof Error) {
      const state = await fetch(`${url}/readyz`).then((response) => response.text(), String)
      wrong.push(`${report.message}; the server says ${state}`)
      // The others would be waited for in vain, too.
      return wrong
    }
    const { contextData, events = [] } = report
    const figure = (name: string): number => Number(contextData[name] ?? 0)
    const reported = {
      sid: sent.sid,
      contentId: null,
      events: events.map(({ eventType, playerTime }) => ({ ts: playerTime.ts, type: eventType })),
      figures: {
        pauses: figure('a.media.pauseCount'),
        bitrateChanges: figure('a.media.qoe.bitrateChangeCount'),
        errors: figure('a.media.qoe.errorCount'),
        contentTimeMs: figure('a.media.timePlayed') * 1000,
      },
    }
    const verdict = judge(sent, reported, 1000)
    wrong.push(...verdict.wrong.map((what) => `in the report, ${what}`))
  }
  return wrong
}

/** Some of the sessions that were ended, the latest rather than old ones. */
export function latestEnded(ledger: Ledger, count: number): SentSession[] {
  return ledger.ended.slice(-count)
}
