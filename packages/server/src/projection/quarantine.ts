import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { ClickHouseError } from '@clickhouse/client'
import { nodeFiles } from '../log/journalFiles.ts'
import { messageOf } from '../messageOf.ts'
import { writeDurably } from '../dataFolder/writeDurably.ts'
import { type EncodedRow, encodeRow } from '../clickhouse/encodeRow.ts'
import type { Row } from './rows/row.ts'
import { RowsRefused } from '../clickhouse/rowsRefused.ts'
import type { StoreTable } from '../clickhouse/store.ts'
import { type InsertingStore, insertSound, type RefusedRow } from './insertSound.ts'

/** Bytes of rows that are read at once to be offered to the store again, unless one has more. */
const releaseMaxBytes = 8_388_608

/**
 * Where rows wait that the store refuses for what they are, each in a file of its own: `<table>-<session id>-<hash of
 * its key>.json`. A row that is refused again, after a crash, takes the place it has already.
 */
export interface Quarantine {
  /** How many are there. */
  readonly rows: number
  /** Put a row there, with the reason. Resolves when it is on disk. */
  keep(refused: RefusedRow): Promise<void>
  /** Offer the store all of them again: another version, or another table, may take them. Resolves with how many it took. */
  release(store: InsertingStore): Promise<number>
}

interface KeptRow {
  readonly table: StoreTable
  readonly key: string
  /** The batch it was in, by its journal positions; earlier versions did not say. */
  readonly batch?: string
  /** In the store's words. */
  readonly reason: string
  /** CRC-32 of the row as it is written; earlier versions had none. */
  readonly checksum?: number
  /** Absent when it cannot be written as JSON: the archive has what it is made from. */
  readonly row?: Row
}

/** A row that was put into quarantine: what may be logged of it. */
export interface Kept {
  readonly file: string
  readonly table: StoreTable
  readonly session: string
  /** The journal positions that it is from. */
  readonly batch: string
  readonly code: string
}

/**
 * @param onKept called for each row that was put there and was not there before
 * @param onDamaged called for each file that is not as it was written: it stays where it is, and is not offered to the store
 */
export async function openQuarantine(
  dir: string,
  onKept: (kept: Kept) => void,
  onDamaged: (file: string, reason: string) => void = () => {},
): Promise<Quarantine> {
  const list = async (): Promise<string[]> =>
    (await readdir(dir).catch(emptyWhereMissing)).filter((name) => name.endsWith('.json')).toSorted()
  const files = new Set(await list())

  async function readSound(name: string) {
    const text = await readFile(join(dir, name), 'utf8')
    try {
      return readKept(name, text)
    } catch (error) {
      onDamaged(name, messageOf(error))
      return undefined
    }
  }

  async function releaseSome(store: InsertingStore, names: readonly string[]): Promise<number> {
    const kept = await Promise.all(names.map((name) => readSound(name)))
    const rows = kept.filter((row) => row !== undefined)
    for (const table of new Set(rows.map((row) => row.table))) {
      const ofTable = rows.filter((row) => row.table === table)
      const refused = await insertSound(store, table, ofTable, 'rows released from quarantine')
      const left = new Set(refused.map(({ key }) => key))
      for (const { name, key } of ofTable) {
        if (left.has(key)) continue
        await rm(join(dir, name))
        files.delete(name)
      }
    }
    return names.filter((name) => !files.has(name)).length
  }

  return {
    get rows() {
      return files.size
    },
    async keep({ table, batch, key, sid, line, error }) {
      const file = nameOf(table, sid, key)
      const reason = error instanceof RowsRefused ? error.reason : error.message
      const checksum = line === undefined ? {} : { checksum: crc32(line) }
      const head: KeptRow = { table, key, batch, reason, ...checksum }
      await nodeFiles.makeDir(dir)
      await writeDurably(join(dir, file), withRow(head, line))
      if (!files.has(file)) onKept({ file, table, session: sid, batch, code: codeOf(error) })
      files.add(file)
    },
    async release(store) {
      let count = 0
      let [page, bytes]: [string[], number] = [[], 0]
      for (const name of await list()) {
        const { size } = await stat(join(dir, name))
        if (page.length > 0 && bytes + size > releaseMaxBytes) {
          count += await releaseSome(store, page)
          ;[page, bytes] = [[], 0]
        }
        page.push(name)
        bytes += size
      }
      return count + (await releaseSome(store, page))
    },
  }
}

/** The file of a row in pieces: a row may be as long as no other text should be. */
function* withRow(head: KeptRow, line: EncodedRow | undefined): Generator<string | Uint8Array> {
  const text = JSON.stringify(head, undefined, 2)
  if (line === undefined) {
    yield `${text}\n`
    return
  }
  yield `${text.slice(0, -2)},${rowMark}`
  yield line
  yield '}\n'
}

const rowMark = '\n  "row": '
const rowEnd = '}\n'

/**
 * A row as it was kept; `undefined` when there is nothing to be stored.
 *
 * @throws when the file is not as it was written: its name is made of its table, session and key
 */
function readKept(name: string, text: string) {
  const { table, key, row, checksum } = JSON.parse(text) as Partial<KeptRow>
  if (table === undefined || typeof key !== 'string') throw new Error('it has no table or no key')
  if (row === undefined && name.startsWith(`${table}-`) && name.endsWith(endOf(key))) return undefined
  if (typeof row !== 'object' || nameOf(table, String(row['sid']), key) !== name)
    throw new Error('it is not the row that its name says')
  const written = text.slice(text.indexOf(rowMark) + rowMark.length, -rowEnd.length)
  if (checksum !== undefined && checksum !== crc32(written))
    throw new Error('its row does not match its checksum')
  return { name, table, key, sid: String(row['sid']), line: encodeRow(row) }
}

function nameOf(table: string, sid: string, key: string): string {
  return `${table}-${sid}${endOf(key)}`
}

function endOf(key: string): string {
  return `-${hashOf(key)}.json`
}

/** ClickHouse's number of what was wrong, or our name for it. */
function codeOf(error: Error): string {
  if (error instanceof RowsRefused) return error.code
  return error.cause instanceof ClickHouseError ? error.cause.code : error.name
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}

function emptyWhereMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
