-- What was refused, with its body: it is in no journal, for it was not taken. Kept for a month, a day at a time.
--
-- Key: (at, ordinal), so that rows inserted twice are one.
CREATE TABLE IF NOT EXISTS refusals (
  -- The server's clock.
  at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  -- Tells those of the same millisecond apart.
  ordinal UInt32,
  -- What it was sent to: sessions, events or downloaded.
  endpoint LowCardinality(String),
  -- The session it was for; '' where the path named none. Whatever a stranger has sent.
  sid String CODEC(ZSTD(1)),
  -- Of the first problem, from the closed list in the reference.
  code LowCardinality(String),
  -- Of the first problem: JSON pointer into the body; '' is the whole.
  pointer String CODEC(ZSTD(1)),
  -- All of them, as the JSON that was answered.
  problems String CODEC(ZSTD(3)),
  -- The first so many bytes of the body as it came.
  body String CODEC(ZSTD(3)),
  -- Refusals that this row stands for, itself included: of a flood of the same only some are kept.
  alike UInt32
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMMDD(at)
ORDER BY (at, ordinal)
TTL toDateTime(at, 'UTC') + INTERVAL 30 DAY DELETE
SETTINGS ttl_only_drop_parts = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
