import { eventBody, isClosed, play, reportOf, startBody } from '../player.ts'

/** What a spreadsheet would work out, or hide, by the key of the custom metadata that it is sent under. */
export const formulas = {
  equals: '=1+1',
  plus: '+1',
  minus: '-1',
  at: '@SUM(1)',
  tab: '\t=1',
  return: '\r=1',
  newline: '\n=1',
}

/** Three sessions of ten seconds of content each, by three viewers; resolves with their ids, once they are stored. */
export async function createSimpleSessions(url: string): Promise<readonly string[]> {
  const ts = Date.now()
  const named = (name: string | undefined, nth: number) =>
    startBody(ts, {
      ...(name !== undefined && { 'media.name': name }),
      'analytics.visitorId': `viewer ${nth}`,
    })
  const starts = [
    named('=1+1', 1),
    { ...named('A "quoted", name', 2), customMetadata: formulas },
    named(undefined, 3),
  ]
  const events = [
    eventBody('play', ts, 0),
    eventBody('ping', ts + 10_000, 10),
    eventBody('sessionEnd', ts + 10_000, 10),
  ]
  const sids = await Promise.all(starts.map((start) => play(url, [start, ...events])))
  for (const sid of sids) await reportOf(url, sid, isClosed)
  return sids
}
