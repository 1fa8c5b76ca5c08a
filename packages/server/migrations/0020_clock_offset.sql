-- What the clock of an event's session added to the log's, milliseconds: received_at is by the session's clock. It is 0
-- but for sessions that began after the system's clock had been corrected. Rebuilding orders events by the log's clock.
ALTER TABLE events ADD COLUMN IF NOT EXISTS clock_offset Int64 DEFAULT 0 CODEC(T64, ZSTD(1)) AFTER received_at;
