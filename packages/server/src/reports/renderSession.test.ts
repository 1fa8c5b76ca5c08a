import { expect, test } from 'vitest'
import { replayOf } from '@playhead/testing/sessions/hostileSession.ts'
import { eventOf, type Row, rules } from '@playhead/testing/sessions/script.ts'
import type { ArchivedEvent } from '../projection/archive/replayArchive.ts'
import { sessionRows } from '../projection/archive/sessionRows.ts'
import type { MediaEvent } from '@playhead/engine'
import { renderSession, type SessionReport } from './renderSession.ts'

const metadata = { plan: 'gold', 'my key': 'a, b' }

/** The report of a session with metadata of its own, of which these are the events. */
function reportOf(
  isOpen: boolean,
  rows: readonly Row[],
  sent?: readonly ArchivedEvent[],
  own: Readonly<Record<string, string>> = metadata,
): SessionReport {
  const start: Row = [0, 0, 'sessionStart', { start: { metadata: own } }]
  const events = [start, ...rows].map((row, nth): MediaEvent => {
    const event = eventOf(row, nth + 1)
    return event.type === 'adStart' ? { ...event, ad: { ...event.ad, metadata: { plan: 'free' } } } : event
  })
  const replay = replayOf(events, rules, isOpen)
  if (replay === undefined) throw new Error('there is no start')
  return renderSession({
    ...sessionRows(replay),
    diagnostics: [],
    events: sent,
    areEventsGone: false,
    explanation: undefined,
  })
}

const rows: readonly Row[] = [
  [1, 0, 'adBreakStart'],
  [1, 0, 'adStart'],
  [11, 0, 'adComplete'],
  [11, 0, 'adBreakComplete'],
  [11, 0, 'play'],
  [11, 0, 'chapterStart'],
  [21, 10, 'chapterComplete'],
]

test('custom metadata are under both sets of names; an ad has the session’s too, its own first', () => {
  const { contextData, mediaReporting, ads, chapters } = reportOf(true, rows)
  const own = [
    { name: 'plan', value: 'gold' },
    { name: 'my key', value: 'a, b' },
  ]
  expect(contextData).toMatchObject({ 'c.plan': 'gold', 'c.my key': 'a, b' })
  expect(mediaReporting['customMetadata']).toEqual(own)
  expect(chapters[0]?.mediaReporting['customMetadata']).toEqual(own)
  expect(ads[0]?.contextData).toMatchObject({ 'c.plan': 'free', 'c.my key': 'a, b' })
  expect(ads[0]?.mediaReporting['customMetadata']).toEqual([{ name: 'plan', value: 'free' }, own[1]])
})

test('a session’s metadata that are too long to be repeated in each ad are written once, and that is said', () => {
  const breaks = Array.from({ length: 500 }, (_, nth): readonly Row[] => [
    [nth, 0, 'adBreakStart'],
    [nth, 0, 'adStart'],
    [nth, 0, 'adBreakComplete'],
  ]).flat()
  const short = reportOf(false, breaks)
  expect(short).not.toHaveProperty('isSessionMetadataOnce')
  expect(short.ads[499]?.contextData).toMatchObject({ 'c.plan': 'free', 'c.my key': 'a, b' })
  const long = reportOf(false, breaks, undefined, { ...metadata, long: 'x'.repeat(10_000) })
  expect(long.isSessionMetadataOnce).toBe(true)
  expect(long.contextData).toHaveProperty('c.long')
  expect(long.ads[499]?.contextData).toMatchObject({ 'c.plan': 'free' })
  expect(long.ads[499]?.contextData).not.toHaveProperty('c.my key')
})

test('what was reported says which kind of hit it is, an open session does not yet', () => {
  const open = reportOf(true, rows)
  expect(open.mediaReporting['sessionDetails']).not.toHaveProperty('pev3')
  expect(open.ads[0]?.mediaReporting['sessionDetails']).toEqual({ pev3: 'videoAd', pccr: true })
  expect(open.chapters[0]?.mediaReporting['sessionDetails']).toEqual({ pev3: 'video', pccr: true })
  const closed = reportOf(false, rows)
  expect(closed.mediaReporting['sessionDetails']).toMatchObject({ pev3: 'video', pccr: true })
})

test('what an event has of our own names is in its text', () => {
  const body = '{"eventType":"play","seq":"mine","receivedAt":1.0,"raw":[]}'
  const { events } = reportOf(true, [], [{ seq: 7, received_at: 1000, body }])
  expect(events).toEqual([{ eventType: 'play', seq: 7, receivedAt: 1000, raw: body }])
})
