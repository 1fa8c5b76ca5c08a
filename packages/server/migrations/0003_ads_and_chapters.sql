-- One row per ad play, written at its start and again at its close. The first ad of a session has ordinal 1.
-- session_started_at is sessions.started_at: it decides the partition and never changes.
CREATE TABLE IF NOT EXISTS ads (
  sid String CODEC(ZSTD(1)),
  ordinal UInt32,
  -- Journal position of the record that made this row.
  version UInt64,
  rules_version UInt16,
  session_started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  -- When the ad began, by the server's clock.
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
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

  INDEX session_started_at_range session_started_at TYPE minmax
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(session_started_at)
ORDER BY (sid, ordinal)
SETTINGS index_granularity = 1024,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- One row per chapter play, written at its close; a chapter that is played twice has two. Otherwise as ads.
CREATE TABLE IF NOT EXISTS chapters (
  sid String CODEC(ZSTD(1)),
  ordinal UInt32,
  version UInt64,
  rules_version UInt16,
  session_started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
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

  INDEX session_started_at_range session_started_at TYPE minmax
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(session_started_at)
ORDER BY (sid, ordinal)
SETTINGS index_granularity = 1024,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
