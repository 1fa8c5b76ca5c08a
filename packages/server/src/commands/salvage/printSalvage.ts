import type { DamagedSegment } from '../../log/salvageJournal.ts'
import type { SeqRange } from '../../log/salvageSegment.ts'

/** Damages of one segment that are written out. */
const printedMax = 20

/** A damaged segment as lines of text: the file, where it is damaged, and which records are lost with it. */
export function printSegment({ file, damages, lost }: DamagedSegment): string {
  const lines = [
    ...damages.map(({ offset, bytes }) => `damaged: ${bytes} bytes from byte ${offset} on`),
    ...(lost.length > 0 ? [`lost: ${printSeqs(lost)}`] : []),
    ...(damages.length === 0 && lost.length === 0 ? ['under the wrong name'] : []),
  ]
  const more = lines.length > printedMax ? [`and ${lines.length - printedMax} more`] : []
  return [file, ...[...lines.slice(0, printedMax), ...more].map((line) => `  ${line}`), ''].join('\n')
}

/** `record 4`, or `records 4, 7 to 9`. */
export function printSeqs(ranges: readonly SeqRange[]): string {
  const parts = ranges.map(({ firstSeq, lastSeq }) =>
    firstSeq === lastSeq ? String(firstSeq) : `${firstSeq} to ${lastSeq}`,
  )
  const [first] = ranges
  const isOne = ranges.length === 1 && first?.firstSeq === first?.lastSeq
  return `${isOne ? 'record' : 'records'} ${parts.join(', ')}`
}
