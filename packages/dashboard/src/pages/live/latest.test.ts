import type { LiveSession, SessionHead } from '@playhead/protocol/reporting'
import { expect, test } from 'vitest'
import { latestMax, latestOf } from './latest.ts'

const named = (id: string) => ({
  id,
  contentId: id,
  contentName: null,
  playerName: null,
  channel: null,
  startedAt: '2026-11-24T00:00:00.000Z',
})
const open = (id: string): LiveSession => ({ ...named(id), activity: 'playing', playhead: 1 })
const stored = (id: string, status: 'open' | 'closed'): SessionHead => ({
  ...named(id),
  status,
  isProvisional: status === 'open',
  closeCause: null,
  lastEventAt: '2026-11-24T00:00:01.000Z',
  closedAt: null,
  rulesVersion: 1,
  longestGap: 0,
  mediaTimeSpent: 7,
})

test('sessions that are over stand among those that are open, newest first, each once', () => {
  const latest = latestOf(
    [open('4'), open('2')],
    [stored('3', 'closed'), stored('2', 'open'), stored('1', 'closed')],
  )
  expect(latest.map(({ id, now, stored: kept }) => [id, now?.activity, kept?.status])).toEqual([
    ['4', 'playing', undefined],
    ['3', undefined, 'closed'],
    ['2', 'playing', 'open'],
    ['1', undefined, 'closed'],
  ])
})

test('there are not more of them than the list has rows', () => {
  const ids = Array.from({ length: 30 }, (_, nth) => String(10 + nth))
  const latest = latestOf(
    ids.map(open),
    ids.map((id) => stored(id, 'closed')),
  )
  expect(latest.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, latestMax))
})
