import type { Readable } from 'node:stream'
import type { StoreReader } from '../../clickhouse/store.ts'
import type { ReadRequest, Suites } from './messages.ts'

/** Asks the main thread to read from the store; the bytes come as ClickHouse writes them, and are parsed here. */
export function remoteReader(suites: Suites, read: (request: ReadRequest) => Readable): StoreReader {
  return {
    isNarrowed: suites !== undefined,
    query: (sql, params = {}) => rowsOf(read({ suites, sql, params, format: 'ndjson' })),
    export: async (sql, params, format) => read({ suites, sql, params, format }),
  }
}

const newline = 0x0a

async function rowsOf<Row>(lines: AsyncIterable<Buffer>): Promise<Row[]> {
  const rows: Row[] = []
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of lines) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let from = 0
    for (let to = bytes.indexOf(newline); to !== -1; to = bytes.indexOf(newline, from)) {
      if (to > from) rows.push(JSON.parse(bytes.toString('utf8', from, to)) as Row)
      from = to + 1
    }
    rest = bytes.subarray(from)
  }
  if (rest.length > 0) rows.push(JSON.parse(rest.toString('utf8')) as Row)
  return rows
}
