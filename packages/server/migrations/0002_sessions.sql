-- One row per session: provisional from its start, final at its close. The newest version counts (read with FINAL).
--
-- The key is the sid alone, which is also the order of starting (see events); started_at has a minmax index, so a
-- report names its time range by that column and reads little else. started_at never changes, so that all versions
-- of a session are in one partition.
-- Dimensions that were not sent are null; '' was sent. Durations are milliseconds of the device's clock.
CREATE TABLE IF NOT EXISTS sessions (
  sid String CODEC(ZSTD(1)),
  -- Journal position of the record that made this row.
  version UInt64,
  rules_version UInt16,
  -- 'open' or 'closed'.
  status LowCardinality(String),
  -- Why it closed: sessionEnd or which time-out; null while open.
  close_cause LowCardinality(Nullable(String)),

  -- The server's clock.
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  last_event_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  closed_at Nullable(DateTime64(3, 'UTC')),
  -- The device's clock, epoch milliseconds, and by how much it was ahead of the server's at the start.
  first_ts Int64 CODEC(Delta, ZSTD(1)),
  last_ts Int64 CODEC(Delta, ZSTD(1)),
  clock_ahead_ms Int64,
  event_count UInt32,
  -- Longest time between two events: how precisely anything can be known.
  longest_gap_ms Int64,

  -- Dimensions, in the order of the protocol's list.
  content_id LowCardinality(Nullable(String)),
  content_name LowCardinality(Nullable(String)),
  -- Seconds, as sent.
  content_length Nullable(Float64),
  content_type LowCardinality(Nullable(String)),
  stream_type LowCardinality(Nullable(String)),
  player_name LowCardinality(Nullable(String)),
  channel LowCardinality(Nullable(String)),
  app_version LowCardinality(Nullable(String)),
  library_version LowCardinality(Nullable(String)),
  show LowCardinality(Nullable(String)),
  season LowCardinality(Nullable(String)),
  episode LowCardinality(Nullable(String)),
  genre LowCardinality(Nullable(String)),
  genre_list Array(LowCardinality(String)),
  asset_id LowCardinality(Nullable(String)),
  first_air_date LowCardinality(Nullable(String)),
  first_digital_date LowCardinality(Nullable(String)),
  rating LowCardinality(Nullable(String)),
  originator LowCardinality(Nullable(String)),
  network LowCardinality(Nullable(String)),
  show_type LowCardinality(Nullable(String)),
  ad_load LowCardinality(Nullable(String)),
  mvpd LowCardinality(Nullable(String)),
  -- media.pass.auth as sent.
  pass_auth LowCardinality(Nullable(String)),
  day_part LowCardinality(Nullable(String)),
  feed LowCardinality(Nullable(String)),
  stream_format LowCardinality(Nullable(String)),
  artist LowCardinality(Nullable(String)),
  album LowCardinality(Nullable(String)),
  label LowCardinality(Nullable(String)),
  author LowCardinality(Nullable(String)),
  station LowCardinality(Nullable(String)),
  publisher LowCardinality(Nullable(String)),
  org_id LowCardinality(Nullable(String)),
  report_suite LowCardinality(Nullable(String)),
  ecid Nullable(String) CODEC(ZSTD(1)),
  analytics_visitor_id Nullable(String) CODEC(ZSTD(1)),
  analytics_aid Nullable(String) CODEC(ZSTD(1)),
  app_installation_id Nullable(String) CODEC(ZSTD(1)),
  -- Whom concurrent viewers are told apart by.
  visitor String CODEC(ZSTD(1)),
  custom_metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)),

  -- Metrics, in the order of the protocol's list. What a player sends may have a fraction.
  media_starts Bool,
  content_starts Bool,
  content_completes Bool,
  content_time_spent_ms Int64,
  media_time_spent_ms Int64,
  unique_time_played_ms Int64,
  progress_10 Bool,
  progress_25 Bool,
  progress_50 Bool,
  progress_75 Bool,
  progress_95 Bool,
  average_minute_audience Nullable(Float64),
  estimated_streams UInt32,
  content_resumes Bool,
  content_segment LowCardinality(Nullable(String)),
  content_segment_views Bool,
  pause_events UInt32,
  pause_impacted_streams Bool,
  total_pause_duration_ms Int64,
  ad_count UInt32,
  chapter_count UInt32,
  authorized Bool,
  media_downloaded Bool,
  since_last_call_ms Nullable(Int64),
  drops_before_start Bool,
  average_bitrate Nullable(Float64),
  average_bitrate_bucket LowCardinality(Nullable(String)),
  bitrate_changes UInt32,
  bitrate_change_impacted_streams Bool,
  buffer_events UInt32,
  buffer_impacted_streams Bool,
  total_buffer_duration_ms Int64,
  dropped_frames Float64,
  dropped_frame_impacted_streams Bool,
  error_events UInt32,
  error_impacted_streams Bool,
  player_sdk_errors Array(String),
  external_errors Array(String),
  time_to_start_ms Float64,
  frames_per_second Nullable(Float64),
  stall_events UInt32,
  stall_impacted_streams Bool,
  total_stall_duration_ms Int64,

  -- Player states, in the order of their first appearance.
  states Array(Tuple(name String, count UInt32, time_ms Int64)),

  INDEX started_at_range started_at TYPE minmax,
  INDEX last_event_at_range last_event_at TYPE minmax
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(started_at)
ORDER BY sid
SETTINGS index_granularity = 1024,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
