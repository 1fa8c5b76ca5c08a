-- Sessions that were sent whole lie by year, not by week: see docs/decisions/0020-bounded-by-bytes.md.
--
-- They began when a device says that they did, and anybody may send them: by weeks a stranger could make 5,000 partitions. An
-- id says of itself whether its session was sent whole, by the first bit of its ninth byte, so a session never changes its
-- partition. Years before 2020 are one partition, and so are those from 2040 on.
--
-- The rows are copied, as in 0010: it takes a minute for some millions, and as much room again meanwhile. Interrupted, it begins
-- anew and comes to the same.
DROP TABLE IF EXISTS sessions_by_year;
CREATE TABLE sessions_by_year AS sessions
ENGINE = ReplacingMergeTree(version)
PARTITION BY (
  substring(sid, 17, 1) >= '8',
  if(substring(sid, 17, 1) >= '8',
    makeDate(least(greatest(toYear(started_at), 2019), 2040), 1, 1),
    toMonday(least(greatest(started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))))
ORDER BY sid
SETTINGS index_granularity = 1024,
  min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
INSERT INTO sessions_by_year SELECT * FROM sessions
SETTINGS max_partitions_per_insert_block = 0, max_threads = 1, max_insert_threads = 1;
EXCHANGE TABLES sessions AND sessions_by_year;
DROP TABLE sessions_by_year;

DROP TABLE IF EXISTS ads_by_year;
CREATE TABLE ads_by_year AS ads
ENGINE = ReplacingMergeTree(version)
PARTITION BY (
  substring(sid, 17, 1) >= '8',
  if(substring(sid, 17, 1) >= '8',
    makeDate(least(greatest(toYear(session_started_at), 2019), 2040), 1, 1),
    toMonday(least(greatest(session_started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))))
ORDER BY (sid, ordinal)
SETTINGS index_granularity = 1024,
  min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
INSERT INTO ads_by_year SELECT * FROM ads
SETTINGS max_partitions_per_insert_block = 0, max_threads = 1, max_insert_threads = 1;
EXCHANGE TABLES ads AND ads_by_year;
DROP TABLE ads_by_year;

DROP TABLE IF EXISTS chapters_by_year;
CREATE TABLE chapters_by_year AS chapters
ENGINE = ReplacingMergeTree(version)
PARTITION BY (
  substring(sid, 17, 1) >= '8',
  if(substring(sid, 17, 1) >= '8',
    makeDate(least(greatest(toYear(session_started_at), 2019), 2040), 1, 1),
    toMonday(least(greatest(session_started_at, toDateTime64('2000-01-03 00:00:00', 3, 'UTC')), toDateTime64('2100-01-04 00:00:00', 3, 'UTC')))))
ORDER BY (sid, ordinal)
SETTINGS index_granularity = 1024,
  min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1,
  fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
INSERT INTO chapters_by_year SELECT * FROM chapters
SETTINGS max_partitions_per_insert_block = 0, max_threads = 1, max_insert_threads = 1;
EXCHANGE TABLES chapters AND chapters_by_year;
DROP TABLE chapters_by_year;
