import { createHash } from 'node:crypto'
import { adBreakDimensions, adDimensions, chapterDimensions } from '@playhead/protocol'
import {
  type ClosedAd,
  type ClosedChapter,
  type Metadata,
  type OpenAd,
  type OpenChapter,
  rulesVersion,
  type SessionState,
} from '@playhead/engine'
import { clockAheadMs, columnsOf, putDimensions, type Row, wellFormedMap } from './row.ts'
import { viewingOf } from './viewing.ts'

const breakColumns = columnsOf(adBreakDimensions)
const adColumns = columnsOf(adDimensions)
const chapterColumns = columnsOf(chapterDimensions)

/** The row of an ad in table `ads`: written when it starts, and again when it closes. */
export function adRow(session: SessionState, ad: OpenAd | ClosedAd, version: number): Row {
  const row: Record<string, unknown> = {
    ...partColumns(session, ad, ad.ad.metadata, version),
    pod_index: ad.adBreak.index ?? null,
    ad_starts: true,
    ad_completes: isClosed(ad) && ad.isCompleted,
    ad_time_spent_ms: ad.timePlayedMs,
    pod_id: partId(session, ad.adBreak.index),
  }
  putDimensions(row, breakColumns, ad.adBreak.dimensions)
  putDimensions(row, adColumns, ad.ad.dimensions)
  return row
}

/** The row of a chapter in table `chapters`, written when it closes; reports of an open session make it before. */
export function chapterRow(
  session: SessionState,
  chapter: OpenChapter | ClosedChapter,
  version: number,
): Row {
  const row: Record<string, unknown> = {
    ...partColumns(session, chapter, chapter.chapter.metadata, version),
    chapter_starts: true,
    chapter_completes: isClosed(chapter) && chapter.isCompleted,
    chapter_time_spent_ms: chapter.timePlayedMs,
    chapter_id: partId(session, chapter.chapter.index),
  }
  putDimensions(row, chapterColumns, chapter.chapter.dimensions)
  return row
}

type Part = OpenAd | ClosedAd | OpenChapter | ClosedChapter

/** Of the session's custom metadata a part has none: they may be long, and reports look them up by `sid`. */
function partColumns(session: SessionState, part: Part, metadata: Metadata, version: number): Row {
  return {
    ...viewingOf(session).present,
    sid: session.sid,
    ordinal: part.ordinal,
    version,
    rules_version: rulesVersion,
    session_started_at: session.life.startedAtMs,
    started_at: part.startedTsMs - clockAheadMs(session),
    closed_at: isClosed(part) ? part.closedTsMs - clockAheadMs(session) : null,
    started_ts: part.startedTsMs,
    closed_ts: isClosed(part) ? part.closedTsMs : null,
    custom_metadata: wellFormedMap(metadata),
  }
}

function isClosed(part: Part): part is ClosedAd | ClosedChapter {
  return 'closedTsMs' in part
}

/** The same break or chapter of the same content has the same id in every session. */
function partId(session: SessionState, index: number | undefined): string | null {
  const contentId = session.start.dimensions['media.id']
  if (index === undefined || typeof contentId !== 'string') return null
  return `${createHash('md5').update(contentId).digest('hex')}_${index}`
}
