import { sessionMetrics } from '@playhead/protocol/reporting'
import type { Cell, Table } from '../../charts/toCsv.ts'
import type { Texts } from '../../i18n/texts.ts'
import { laneName } from './laneName.ts'
import { lanesOf } from './lanes.ts'
import { partsOf } from './parts.ts'
import { placesOf } from './places.ts'
import type { ExplainedReport, SessionReport } from './sessionReport.ts'
import { valueOf } from './valueOf.ts'

/** What went on when: a row for each bar of the picture. */
export function laneTable(report: ExplainedReport, text: Texts, titleOf: (id: string) => string): Table {
  const places = placesOf(report)
  return {
    head: [text.timeline, text.value, text.from, text.to, `${text.from} #`, `${text.to} #`],
    rows: lanesOf(report).flatMap((lane) =>
      lane.bars.map(({ label, from, to, fromSeq, toSeq }) => [
        laneName(lane, text, titleOf),
        label,
        isoOf(from),
        isoOf(to),
        places.get(fromSeq),
        places.get(toSeq),
      ]),
    ),
  }
}

/** Every event as it was sent. */
export function eventTable({ events }: ExplainedReport, text: Texts): Table {
  return {
    head: ['#', text.event, text.deviceClock, text.receivedAt, text.playhead, text.asSent],
    rows: events.map(({ eventType, playerTime, receivedAt, raw }, index) => [
      index + 1,
      eventType,
      isoOf(playerTime.ts),
      isoOf(receivedAt),
      playerTime.playhead,
      raw,
    ]),
  }
}

/** Every metric of the session as it is reported, by its id too; then the seconds of its ads, chapters and states. */
export function metricTable(report: SessionReport, text: Texts, titleOf: (id: string) => string): Table {
  return {
    head: [text.metrics, text.code, text.value],
    rows: [
      ...sessionMetrics.map((definition) => [
        titleOf(definition.id),
        definition.id,
        cellOf(valueOf(definition, report)),
      ]),
      ...partsOf(report, text).map(({ name, id, ms }) => [name, id, ms / 1000]),
    ],
  }
}

function cellOf(value: unknown): Cell {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined
}

function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
