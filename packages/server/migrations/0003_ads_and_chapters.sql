-- One row per ad play, written at its start and again at its close. The first ad of a session has ordinal 1.
-- session_started_at is sessions.started_at: it decides the partition, as there, and never changes.
-- Dimensions of the session are repeated, so that reports need no join.
CREATE TABLE IF NOT EXISTS ads (
  sid String CODEC(ZSTD(1)),
  ordinal UInt32,
  -- Journal position of the record that made this row.
  version UInt64,
  rules_version UInt16,
  session_started_at DateTime64(3, 'UTC') CODEC(T64, LZ4),
  -- When the ad began and ended, by the server's clock; closed_at is null while it is open.
  started_at DateTime64(3, 'UTC') CODEC(T64, LZ4),
  -- The device's clock, epoch milliseconds; closed_ts is null while the ad is open.
  started_ts Int64 CODEC(Delta, ZSTD(1)),
  closed_ts Nullable(Int64),

  -- Dimensions; lengths and offsets in seconds, as sent.
  content_id LowCardinality(Nullable(String)),
  pod_id LowCardinality(Nullable(String)),
  pod_name LowCardinality(Nullable(String)),
  pod_index Nullable(Float64),
  pod_offset Nullable(Float64),
  pod_position Nullable(Float64),
  ad_id LowCardinality(Nullable(String)),
  ad_name LowCardinality(Nullable(String)),
  ad_length Nullable(Float64),
  ad_player_name LowCardinality(Nullable(String)),
  advertiser LowCardinality(Nullable(String)),
  campaign_id LowCardinality(Nullable(String)),
  creative_id LowCardinality(Nullable(String)),
  site_id LowCardinality(Nullable(String)),
  creative_url LowCardinality(Nullable(String)),
  placement_id LowCardinality(Nullable(String)),
  custom_metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)),

  -- Metrics.
  ad_starts Bool,
  ad_completes Bool,
  ad_time_spent_ms Int64,
  closed_at Nullable(DateTime64(3, 'UTC')) CODEC(T64, LZ4),

  -- Dimensions of the session.
  content_name LowCardinality(Nullable(String)),
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

  INDEX session_started_at_range session_started_at TYPE minmax,
  INDEX started_at_range started_at TYPE minmax,
  INDEX closed_at_range closed_at TYPE minmax
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY (
  substring(sid, 17, 1) >= '8',
  if(substring(sid, 17, 1) >= '8',
    makeDate(least(greatest(toYear(session_started_at), 2019), 2040), 1, 1),
    toMonday(least(greatest(session_started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))))
ORDER BY (sid, ordinal)
SETTINGS index_granularity = 1024, min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- One row per chapter play, written at its close; a chapter that is played twice has two. Otherwise as ads.
CREATE TABLE IF NOT EXISTS chapters (
  sid String CODEC(ZSTD(1)),
  ordinal UInt32,
  version UInt64,
  rules_version UInt16,
  session_started_at DateTime64(3, 'UTC') CODEC(T64, LZ4),
  started_ts Int64 CODEC(Delta, ZSTD(1)),
  closed_ts Nullable(Int64),

  content_id LowCardinality(Nullable(String)),
  chapter_id LowCardinality(Nullable(String)),
  chapter_name LowCardinality(Nullable(String)),
  chapter_index Nullable(Float64),
  chapter_offset Nullable(Float64),
  chapter_length Nullable(Float64),
  custom_metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)),

  chapter_starts Bool,
  chapter_completes Bool,
  chapter_time_spent_ms Int64,
  started_at DateTime64(3, 'UTC') CODEC(T64, LZ4),
  closed_at Nullable(DateTime64(3, 'UTC')) CODEC(T64, LZ4),

  -- Dimensions of the session.
  content_name LowCardinality(Nullable(String)),
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
  visitor String CODEC(ZSTD(1)),

  INDEX session_started_at_range session_started_at TYPE minmax,
  INDEX started_at_range started_at TYPE minmax,
  INDEX closed_at_range closed_at TYPE minmax
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY (
  substring(sid, 17, 1) >= '8',
  if(substring(sid, 17, 1) >= '8',
    makeDate(least(greatest(toYear(session_started_at), 2019), 2040), 1, 1),
    toMonday(least(greatest(session_started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))))
ORDER BY (sid, ordinal)
SETTINGS index_granularity = 1024, min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
