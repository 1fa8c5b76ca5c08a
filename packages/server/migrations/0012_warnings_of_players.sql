-- Warnings with the player they are on, so that the players' health need not look up each one's session among all of them.
--
-- Null in session_started_at: it is not known, of earlier rows and of what came to a session that was over.
ALTER TABLE diagnostics
  ADD COLUMN IF NOT EXISTS session_started_at Nullable(DateTime64(3, 'UTC')),
  ADD COLUMN IF NOT EXISTS player_name LowCardinality(Nullable(String)),
  ADD COLUMN IF NOT EXISTS app_version LowCardinality(Nullable(String));
