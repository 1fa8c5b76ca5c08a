-- Every event that was taken, as it was sent: the permanent archive. Reprocessing, the debugger and exports read it.
--
-- Key: an event is (sid, seq), so an event inserted twice is one row (ReplacingMergeTree, read with FINAL).
-- Order: a sid begins with its creation time, 12 hexadecimal digits of milliseconds. So this order finds the
--   events of one session at once, and it is also the order in which sessions began: a day to be reprocessed is one
--   range of sids, read session after session, each in journal order, without sorting. For a range of arrival times
--   there is the minmax index, and a session lasts a day at most.
-- Partition: arrival goes forward with the journal, so an insert touches one partition, rarely two; an event keeps
--   its arrival time, so it never moves to another.
-- Granules are small because one session is a few hundred rows.
CREATE TABLE IF NOT EXISTS events (
  sid String CODEC(ZSTD(1)),
  -- Position in the journal, from 1; in a downloaded session the place in the list.
  seq UInt64 CODEC(Delta, ZSTD(1)),
  -- Arrival on the server's clock.
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  -- What the clock of the event's session added to the log's, milliseconds: received_at is by the session's clock. It is 0 but
  -- for sessions that began after the system's clock had been corrected. Rebuilding orders events by the log's clock.
  clock_offset Int64 DEFAULT 0 CODEC(T64, ZSTD(1)),
  -- The device's clock as sent, epoch milliseconds.
  ts Int64 CODEC(Delta, ZSTD(1)),
  event_type LowCardinality(String),
  -- Seconds, to the millisecond, within what is reckoned with; as sent it is in the body. Live: second of the day.
  playhead Float64 CODEC(ZSTD(1)),
  -- The JSON text as it came.
  body String CODEC(ZSTD(3)),

  INDEX received_at_range received_at TYPE minmax
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (sid, seq)
SETTINGS index_granularity = 1024,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
