/** One metric at `/metrics`. Names follow Prometheus: base units, `_total` for what only rises. */
export interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** One line for `/metrics` and `docs/operating.md`. */
  readonly help: string
  readonly labels?: readonly string[]
  /** Upper bounds of a histogram, in the unit of its name. */
  readonly buckets?: readonly number[]
}

const quickS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const slowS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Every metric of Playhead's own. Labels take values from closed sets alone, so that nobody can make series of their own. */
export const metricTable = {
  playhead_events_acknowledged_total: {
    type: 'counter',
    help: 'Events that are on disk and were answered 2xx, by type; a downloaded session is one of type `downloaded`.',
    labels: ['event_type'],
  },
  playhead_requests_refused_total: {
    type: 'counter',
    help: 'Requests refused, each counted once: by the code of their first problem, which decides the status.',
    labels: ['code'],
  },
  playhead_request_problems_total: {
    type: 'counter',
    help: 'Requests refused, counted under each code that their problems have: what is wrong, whichever problem came first.',
    labels: ['code'],
  },
  playhead_http_request_duration_seconds: {
    type: 'histogram',
    help: 'From the head of a request to the end of its answer, by route and status; `aborted` where the client hung up before.',
    labels: ['route', 'status'],
    buckets: quickS,
  },
  playhead_http_requests_in_flight: {
    type: 'gauge',
    help: 'Requests being read or answered, listeners of the live view included.',
  },
  playhead_open_sessions: {
    type: 'gauge',
    help: 'Sessions that take events.',
  },
  playhead_journal_state: {
    type: 'gauge',
    help: '1 for the state that the journal is in, else 0; events are taken only while it is `ok`.',
    labels: ['state'],
  },
  playhead_journal_last_seq: {
    type: 'gauge',
    help: 'Position of the last record on disk: its rate is that of the records.',
  },
  playhead_journal_bytes: {
    type: 'gauge',
    help: 'Size of the journal on disk.',
  },
  playhead_data_disk_free_bytes: {
    type: 'gauge',
    help: 'Room left to the server on the disk of the data folder.',
  },
  playhead_journal_sync_duration_seconds: {
    type: 'histogram',
    help: 'How long the disk takes to make a group of records durable (fdatasync).',
    buckets: quickS,
  },
  playhead_journal_group_bytes: {
    type: 'histogram',
    help: 'Bytes made durable together.',
    buckets: [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304],
  },
  playhead_log_lines_lost_total: {
    type: 'counter',
    help: 'Lines of the log that standard error did not take; the next line that it takes is preceded by their count.',
  },
  playhead_clock_leap_seconds: {
    type: 'gauge',
    help: "By how much the system's clock has leapt, negative: back, while the leap is held; else 0.",
  },
  playhead_projection_lag_records: {
    type: 'gauge',
    help: 'Records in the journal that the session engine has not seen yet.',
  },
  playhead_store_lag_records: {
    type: 'gauge',
    help: 'Records in the journal that are not in the store yet.',
  },
  playhead_store_lag_seconds: {
    type: 'gauge',
    help: 'Age of the oldest record that is not in the store yet.',
  },
  playhead_quarantined_rows: {
    type: 'gauge',
    help: 'Rows that the store never takes, kept in the folder `quarantine`.',
  },
  playhead_store_state: {
    type: 'gauge',
    help: '1 for the state that the store is in, else 0.',
    labels: ['state'],
  },
  playhead_store_insert_duration_seconds: {
    type: 'histogram',
    help: 'How long the store takes for an insert, by table and whether it took it.',
    labels: ['table', 'outcome'],
    buckets: slowS,
  },
} as const satisfies Record<string, Metric>

export type MetricName = keyof typeof metricTable
