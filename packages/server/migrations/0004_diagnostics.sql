-- What was odd about an event, one row per warning, with the player it is on: reports on players need no join.
CREATE TABLE IF NOT EXISTS diagnostics (
  sid String CODEC(ZSTD(1)),
  -- Position of the event in the journal; in a downloaded session its place in the list.
  seq UInt64 CODEC(Delta, ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  event_type LowCardinality(String),
  -- From the closed lists in the reference.
  code LowCardinality(String),
  -- JSON pointer into the event's body; '' is the whole.
  pointer String CODEC(ZSTD(1)),
  message String CODEC(ZSTD(1)),
  expected Nullable(String) CODEC(ZSTD(1)),
  got Nullable(String) CODEC(ZSTD(1)),
  hint Nullable(String) CODEC(ZSTD(1)),
  -- Null: it is not known, of what came to a session that was over.
  session_started_at Nullable(DateTime64(3, 'UTC')),
  player_name LowCardinality(Nullable(String)),
  app_version LowCardinality(Nullable(String)),

  INDEX received_at_range received_at TYPE minmax,
  INDEX session_started_at_range session_started_at TYPE minmax
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (sid, seq, code, pointer)
SETTINGS index_granularity = 1024,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
