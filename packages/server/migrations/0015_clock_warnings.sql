-- The warnings about the device's clock that a session had, so that reports can leave such sessions out or look at them
-- without a join on diagnostics. Mostly empty. Earlier sessions get theirs by `playhead reprocess`.
ALTER TABLE sessions
  ADD COLUMN IF NOT EXISTS clock_warnings Array(LowCardinality(String)) CODEC(LZ4);
