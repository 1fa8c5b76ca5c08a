/* oxlint-disable no-await-in-loop -- the order is the point */
import { link, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { firstSeqOfName } from '../../log/segment.ts'
import { readCheckpoint } from '../../projection/checkpoint.ts'
import { isGone, linkTree } from './linkTree.ts'

/** How often the checkpoint may be renewed, and the journal cut, while they are taken hold of. */
const triesMax = 20

/** Of the folder's own files: who works in it now, and what is being written. */
const isDraft = (name: string): boolean => name.endsWith('.new')
const passingFiles = /^playhead\.pid$|\.new$/
/** Of ClickHouse: what it is writing, has given up, or keeps for others. */
const passingParts = /^(tmp|delete_tmp|status$|detached$|shadow$|metadata_dropped$)/

/**
 * Give second names to all that makes up a data folder at this moment, in an empty folder on the same file system. The
 * server may be running. The order makes one state of it:
 *
 * 1. the checkpoint, and the journal from there on: what the store has by then is in the parts that are listed next;
 * 2. rows in quarantine, which can only go from there into the store; other folders;
 * 3. the parts of the store. ClickHouse never changes a part, and keeps those that it has replaced for eight minutes;
 * 4. segments of the journal that were begun meanwhile. The journal still grows under its second name, so copied after
 *    this it has every record that the store has rows of. Otherwise a position could be given twice.
 */
export async function hold(dataDir: string, stage: string): Promise<void> {
  for (let tries = 1; !(await isHeld(dataDir, stage)); tries += 1) {
    if (tries === triesMax) throw new Error('the journal is cut faster than it can be taken hold of')
    // The folder itself stays: it keeps other backups away.
    for (const name of await readdir(stage)) await rm(join(stage, name), { recursive: true })
  }
}

/** Whether it worked: not when the journal was cut meanwhile so that a part of it is missing. */
async function isHeld(dataDir: string, stage: string): Promise<boolean> {
  if (!(await holdJournal(dataDir, stage))) return false
  const folders = (await readdir(dataDir, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  for (const { name } of folders) {
    // Beside the store there may be those that a rebuilding has replaced.
    if (name === 'journal' || /^clickhouse(\.|$)/.test(name) || join(dataDir, name) === stage) continue
    await linkTree(join(dataDir, name), join(stage, name), isDraft)
  }
  if (folders.some(({ name }) => name === 'clickhouse')) {
    await linkTree(join(dataDir, 'clickhouse'), join(stage, 'clickhouse'), (name) => passingParts.test(name))
  }
  return holdNewSegments(join(dataDir, 'journal'), join(stage, 'journal'))
}

/** The files of the folder, and the journal from the checkpoint on; answers whether that is all there. */
async function holdJournal(dataDir: string, stage: string): Promise<boolean> {
  for (const entry of await readdir(dataDir, { withFileTypes: true })) {
    if (!entry.isFile() || passingFiles.test(entry.name)) continue
    // The checkpoint is replaced whole: at that moment the old one cannot be linked any more.
    if (!(await isLinked(join(dataDir, entry.name), join(stage, entry.name)))) return false
  }
  const { seq } = await readCheckpoint(join(stage, 'checkpoint.json'))
  await linkTree(join(dataDir, 'journal'), join(stage, 'journal'))
  const firstSeqs = (await readdir(join(stage, 'journal'))).flatMap((name) => firstSeqOfName(name) ?? [])
  return firstSeqs.length === 0 || Math.min(...firstSeqs) <= seq + 1
}

/**
 * Segments that were begun since the others were held; answers whether none of them can have gone already. That is so
 * while one that was there before is still there: they are cut from the front.
 */
async function holdNewSegments(from: string, to: string): Promise<boolean> {
  const held = new Set(await readdir(to))
  const segments = (await readdir(from)).filter(isSegment).toSorted()
  for (const name of segments) {
    if (!held.has(name) && !(await isLinked(join(from, name), join(to, name)))) return false
  }
  return segments.slice(0, 1).every((name) => held.has(name))
}

function isSegment(name: string): boolean {
  return firstSeqOfName(name) !== undefined
}

/** Answers whether the file was still there. */
async function isLinked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw error
  }
}
