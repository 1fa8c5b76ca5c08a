-- One row per session: provisional from its start, final at its close. The newest version counts (read with FINAL).
--
-- The key is the sid alone, which is also the order of starting (see events); started_at has a minmax index, so a
-- report names its time range by that column and reads little else. started_at never changes, so that all versions
-- of a session are in one partition.
-- Dimensions that were not sent are null; '' was sent. Durations are milliseconds of the device's clock.
--
-- Partition: by week; a partition whose parts are all older than an hour becomes one part, and that is read without looking
--   for newer versions of its rows, which costs more than most reports (docs/decisions/0014-one-part-for-each-week.md).
--   A start that no clock can have had goes with the first or last week. Sessions that were sent whole lie by year: they
--   began when a device says that they did, and anybody may send them, so by weeks a stranger could make 5,000 partitions
--   (docs/decisions/0020-bounded-by-bytes.md). An id says of itself whether its session was sent whole, by the first bit of
--   its ninth byte. Years before 2020 are one partition, and so are those from 2040 on.
-- Codecs: times of one granule are hours apart at most: T64 keeps the bits that differ, and is read at memory's speed. What
--   reports read whole is LZ4, which takes a third more room than ZSTD and a third of its time.
-- The engine makes the MATERIALIZED columns from those beside them; SELECT * leaves them out
--   (docs/decisions/0016-columns-made-for-reports.md).
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
  started_at DateTime64(3, 'UTC') CODEC(T64, LZ4),
  last_event_at DateTime64(3, 'UTC') CODEC(T64, LZ4),
  closed_at Nullable(DateTime64(3, 'UTC')) CODEC(T64, LZ4),
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
  custom_metadata Map(LowCardinality(String), String) CODEC(LZ4),

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
  -- Milliseconds after started_at by the device's clock, in the order of booking.
  content_played Array(Tuple(Int64, Int64)) CODEC(LZ4),
  ad_played Array(Tuple(Int64, Int64)) CODEC(LZ4),
  -- The stretches of the content that were watched, playheads in milliseconds, ascending and apart from each other.
  watched Array(Tuple(Int64, Int64)) CODEC(LZ4),
  -- Whom viewers are told apart by, in eight bytes. Of ten million viewers two are one with a chance of 3 in a million.
  visitor_hash UInt64 MATERIALIZED sipHash64(visitor) CODEC(NONE),
  -- The bounds of the stretches in content_played and ad_played, put together by quarter hours since 1970, UTC: beginnings
  -- minus ends in that quarter, and milliseconds that the beginnings lie behind the quarter's own, minus those of the ends.
  -- What is far from any calendar is put there too.
  content_quarters Tuple(quarter Array(Int32), change Array(Int16), past_ms Array(Int32))
    MATERIALIZED arrayReduce('sumMap',
      [arrayMap(ms -> toInt32(greatest(least(intDiv(toUnixTimestamp64Milli(started_at) + ms, 900000), 1000000000), -1000000000)), arrayConcat(content_played.1, content_played.2))],
      [arrayConcat(arrayMap(ms -> toInt16(1), content_played.1), arrayMap(ms -> toInt16(-1), content_played.2))],
      [arrayConcat(
        arrayMap(ms -> toInt32((toUnixTimestamp64Milli(started_at) + ms) % 900000), content_played.1),
        arrayMap(ms -> toInt32(-((toUnixTimestamp64Milli(started_at) + ms) % 900000)), content_played.2))]),
  ad_quarters Tuple(quarter Array(Int32), change Array(Int16), past_ms Array(Int32))
    MATERIALIZED arrayReduce('sumMap',
      [arrayMap(ms -> toInt32(greatest(least(intDiv(toUnixTimestamp64Milli(started_at) + ms, 900000), 1000000000), -1000000000)), arrayConcat(ad_played.1, ad_played.2))],
      [arrayConcat(arrayMap(ms -> toInt16(1), ad_played.1), arrayMap(ms -> toInt16(-1), ad_played.2))],
      [arrayConcat(
        arrayMap(ms -> toInt32((toUnixTimestamp64Milli(started_at) + ms) % 900000), ad_played.1),
        arrayMap(ms -> toInt32(-((toUnixTimestamp64Milli(started_at) + ms) % 900000)), ad_played.2))]),
  clock_warnings Array(LowCardinality(String)) CODEC(LZ4),

  INDEX started_at_range started_at TYPE minmax,
  INDEX last_event_at_range last_event_at TYPE minmax,
  INDEX closed_at_range closed_at TYPE minmax
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY (
  substring(sid, 17, 1) >= '8',
  if(substring(sid, 17, 1) >= '8',
    makeDate(least(greatest(toYear(started_at), 2019), 2040), 1, 1),
    toMonday(least(greatest(started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))))
ORDER BY sid
SETTINGS index_granularity = 1024, min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
