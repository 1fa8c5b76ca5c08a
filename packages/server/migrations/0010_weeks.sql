-- Sessions, ads and chapters a week at a time: see docs/decisions/0014-one-part-for-each-week.md.
--
-- A partition whose parts are all older than an hour becomes one part, and that is read without looking for newer
-- versions of its rows, which costs more than most reports. A start that no clock can have had goes with the first or
-- last week, so that strangers cannot make partitions without end.
--
-- The rows are copied: it takes a minute for some millions, and as much room again meanwhile. Interrupted, it begins
-- anew and comes to the same.
DROP TABLE IF EXISTS sessions_by_week;
CREATE TABLE sessions_by_week AS sessions
ENGINE = ReplacingMergeTree(version)
PARTITION BY toMonday(least(greatest(started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))
ORDER BY sid
SETTINGS index_granularity = 1024,
  min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
INSERT INTO sessions_by_week SELECT * FROM sessions
SETTINGS max_partitions_per_insert_block = 0, max_threads = 1, max_insert_threads = 1;
EXCHANGE TABLES sessions AND sessions_by_week;
DROP TABLE sessions_by_week;

DROP TABLE IF EXISTS ads_by_week;
CREATE TABLE ads_by_week AS ads
ENGINE = ReplacingMergeTree(version)
PARTITION BY toMonday(least(greatest(session_started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))
ORDER BY (sid, ordinal)
SETTINGS index_granularity = 1024,
  min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
INSERT INTO ads_by_week SELECT * FROM ads
SETTINGS max_partitions_per_insert_block = 0, max_threads = 1, max_insert_threads = 1;
EXCHANGE TABLES ads AND ads_by_week;
DROP TABLE ads_by_week;

DROP TABLE IF EXISTS chapters_by_week;
CREATE TABLE chapters_by_week AS chapters
ENGINE = ReplacingMergeTree(version)
PARTITION BY toMonday(least(greatest(session_started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))
ORDER BY (sid, ordinal)
SETTINGS index_granularity = 1024,
  min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
INSERT INTO chapters_by_week SELECT * FROM chapters
SETTINGS max_partitions_per_insert_block = 0, max_threads = 1, max_insert_threads = 1;
EXCHANGE TABLES chapters AND chapters_by_week;
DROP TABLE chapters_by_week;
