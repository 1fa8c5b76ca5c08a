import type { ClickHouseSettings } from '@clickhouse/client'

/**
 * Nothing is taken in silence: unknown columns fail the insert, and misplaced nulls where ClickHouse can tell. A lone surrogate, which any
 * player can send, would fail it for good; it is kept as its escape instead.
 * One block per partition, parsed by one thread: batches are small, and memory stays level.
 * Downloaded sessions may lie in any months: a batch with more than a hundred would be refused for ever.
 * Engine deduplication stays off: it can lose rows (see `insertRows`).
 */
export const insertSettings: ClickHouseSettings = {
  input_format_skip_unknown_fields: 0,
  input_format_null_as_default: 0,
  input_format_json_throw_on_bad_escape_sequence: 0,
  input_format_parallel_parsing: 0,
  max_insert_threads: '1',
  max_partitions_per_insert_block: '0',
  async_insert: 0,
  insert_deduplicate: 0,
}

/** Reports read only, see one row per key, and stop before they hurt. */
export const querySettings: ClickHouseSettings = {
  readonly: '2',
  final: 1,
  // A row's key decides its partition; but of a downloaded list that is sent again in another month, events and
  // diagnostics lie in both. What reads them asks for one by each key.
  do_not_merge_across_partitions_select_final: 1,
  output_format_json_quote_64bit_integers: 0,
  session_timezone: 'UTC',
  max_execution_time: 60,
  max_memory_usage: String(2 ** 30),
  max_result_bytes: String(2 ** 28),
}
