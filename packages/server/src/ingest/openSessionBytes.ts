import { startTextsMaxBytes } from '../events/textRoom.ts'

/** What an open session takes of the heap besides the texts of its start, in all stages: measured are 10 KB with a short start. */
const plainSessionBytes = 10_240
/** Of the heap for what is no open session: the program, a batch of rows, the longest list, requests under way. */
const reservedHeapBytes = 100_663_296
/** Percent of the rest that open sessions may take; what is left is for their growth, and for collecting garbage. */
const openSessionsPercentMax = 75

/** The heap that an open session takes whose start has so many bytes. */
export function openSessionBytes(startBytes: number): number {
  return plainSessionBytes + (Math.min(startBytes, startTextsMaxBytes) * 5) / 4
}

/** The heap that open sessions may take of all there is. */
export function openSessionsMaxBytesOf(heapBytes: number): number {
  return Math.max(((heapBytes - reservedHeapBytes) * openSessionsPercentMax) / 100, reservedHeapBytes / 10)
}

/** Open sessions with usual starts that fit into so many bytes. */
export function openSessionsIn(bytes: number): number {
  return Math.floor(bytes / openSessionBytes(usualStartBytes))
}

const usualStartBytes = 1600
