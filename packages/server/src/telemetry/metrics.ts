import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { RequestObserver } from '../http/server/observeRequests.ts'
import type { Exposition } from '../http/server/operationsRoutes.ts'
import type { SyncedGroup } from '../log/observedFiles.ts'
import type { StoreInsert } from '../clickhouse/store.ts'
import { type Metric, type MetricName, metricTable } from './metricTable.ts'

/** Figures that the stages keep anyway; they are read when `/metrics` is asked for. */
export interface MetricSources {
  readonly diskFreeBytes: () => Promise<number>
  readonly acknowledged: () => ReadonlyMap<string, number>
  readonly openSessions: () => number
  readonly journal: () => { readonly state: string; readonly lastSeq: number; readonly bytes: number }
  readonly clockLeapMs: () => number
  readonly logLinesLost: () => number
  readonly projectionLagRecords: () => number
  readonly store: () => { readonly state: string; readonly lagRecords: number; readonly lagMs: number }
  readonly quarantinedRows: () => number
}

/** What the stages tell as it happens costs them a microsecond or two each time. */
export interface Metrics extends RequestObserver {
  readonly journalSynced: (group: SyncedGroup) => void
  readonly storeInserted: (insert: StoreInsert) => void
  /** Where the other figures are, once the stages are there. */
  observe(sources: MetricSources): void
  readonly exposition: Exposition
}

const journalStates = ['ok', 'full', 'failed']
const storeStates = ['starting', 'ready', 'down']

/** The metrics of the table, and of the process those that prom-client knows. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const refusals = new Counter(described('playhead_requests_refused_total', registry))
  const problems = new Counter(described('playhead_request_problems_total', registry))
  const durations = new Histogram(described('playhead_http_request_duration_seconds', registry))
  const inFlight = new Gauge(described('playhead_http_requests_in_flight', registry))
  const syncs = new Histogram(described('playhead_journal_sync_duration_seconds', registry))
  const groups = new Histogram(described('playhead_journal_group_bytes', registry))
  const inserts = new Histogram(described('playhead_store_insert_duration_seconds', registry))
  return {
    requestBegan: () => inFlight.inc(),
    requestEnded({ route = 'unknown', status = 'aborted', seconds }) {
      inFlight.dec()
      durations.observe({ route, status }, seconds)
    },
    refused(codes) {
      refusals.inc({ code: codes[0] })
      for (const code of new Set(codes)) problems.inc({ code })
    },
    journalSynced({ bytes, seconds }) {
      syncs.observe(seconds)
      groups.observe(bytes)
    },
    storeInserted: ({ table, outcome, seconds }) => inserts.observe({ table, outcome }, seconds),
    observe: (sources) => readFrom(sources, registry),
    exposition: { contentType: registry.contentType, text: () => registry.metrics() },
  }
}

/** Metrics that are read from where the figures are kept. */
function readFrom(sources: MetricSources, registry: Registry): void {
  const { diskFreeBytes, acknowledged, openSessions, journal, clockLeapMs, projectionLagRecords } = sources
  const { store, quarantinedRows, logLinesLost } = sources
  const gauge = (name: MetricName, read: () => number | Promise<number>): Gauge =>
    new Gauge({
      ...described(name, registry),
      async collect() {
        this.set(await read())
      },
    })
  const states = (name: MetricName, all: readonly string[], present: () => string): Gauge =>
    new Gauge({
      ...described(name, registry),
      collect() {
        for (const state of all) this.set({ state }, Number(state === present()))
      },
    })
  const counter = (name: MetricName, label: string, read: () => ReadonlyMap<string, number>): Counter =>
    new Counter({
      ...described(name, registry),
      collect() {
        this.reset()
        for (const [value, count] of read()) this.inc({ [label]: value }, count)
      },
    })
  const total = (name: MetricName, read: () => number): Counter =>
    new Counter({
      ...described(name, registry),
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  counter('playhead_events_acknowledged_total', 'event_type', acknowledged)
  gauge('playhead_open_sessions', openSessions)
  states('playhead_journal_state', journalStates, () => journal().state)
  gauge('playhead_journal_last_seq', () => journal().lastSeq)
  gauge('playhead_journal_bytes', () => journal().bytes)
  gauge('playhead_data_disk_free_bytes', diskFreeBytes)
  total('playhead_log_lines_lost_total', logLinesLost)
  gauge('playhead_clock_leap_seconds', () => clockLeapMs() / 1000)
  gauge('playhead_projection_lag_records', projectionLagRecords)
  states('playhead_store_state', storeStates, () => store().state)
  gauge('playhead_store_lag_records', () => store().lagRecords)
  gauge('playhead_store_lag_seconds', () => Math.max(0, store().lagMs) / 1000)
  gauge('playhead_quarantined_rows', quarantinedRows)
}

function described(name: MetricName, registry: Registry) {
  const { help, labels = [], buckets = [] }: Metric = metricTable[name]
  return { name, help, labelNames: [...labels], buckets: [...buckets], registers: [registry] }
}
