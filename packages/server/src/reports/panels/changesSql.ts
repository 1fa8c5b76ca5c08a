/**
 * Intervals of grains, which are numbered from 0: the first one that each is there in, and the first one in which it is
 * not any more. An interval that ends where it begins has none.
 */
export interface Intervals {
  /** Expressions over a row: a number each, or with `areMany` an array each, of the same length. */
  readonly begins: string
  readonly ends: string
  readonly areMany: boolean
  /** No interval ends behind this grain. */
  readonly lastEnd: number
  /** `FROM` and `WHERE`. */
  readonly from: string
}

/** What is written for a row of the table again, where blocks of groups are small: ClickHouse's default. */
const rowsOfBlock = 65_409
/** Parts of the viewers that are swept at a time by one core. */
const partsOfBlock = 8

/**
 * How many come and go: columns `at`, a grain, and `change`.
 *
 * @param who a hash of 64 bits by which they are told apart: someone in several intervals at once is there once;
 *   absent: each interval counts
 */
export function changesSql(intervals: Intervals, who: string | undefined): string {
  const steps = who === undefined ? stepsOfAllSql(intervals) : stepsOfEachSql(intervals, who)
  return `SELECT step.1 AS at, toInt64(step.2) AS change FROM (${steps})`
}

function stepsOfAllSql({ begins, ends, areMany, lastEnd, from }: Intervals): string {
  const number = numberOf(lastEnd)
  const steps = areMany
    ? stepsSql(`arrayMap(at -> ${number}(at), ${begins})`, `arrayMap(at -> ${number}(at), ${ends})`)
    : `[(${number}(${begins}), toInt8(1)), (${number}(${ends}), toInt8(-1))]`
  return `SELECT arrayJoin(${steps}) AS step ${from}`
}

/**
 * Nobody has to be put together to be swept. Sort all begins and, by themselves, all ends, first by whose they are: of
 * one who has n intervals the same n places of both are theirs. They are away between two intervals exactly if their
 * next begin is not before the end at the place before it: as many intervals have ended as have begun. Where it is
 * before, that end and that begin are none.
 *
 * Whose and when is one number of 64 bits, so that numbers are sorted and nothing else. 256 parts of the viewers have
 * arrays of their own: the part's number is 8 bits of the hash which need not be sorted by. A part whose viewers have no
 * interval at all has no place before the first.
 */
function stepsOfEachSql({ begins, ends, areMany, lastEnd, from }: Intervals, who: string): string {
  const bits = Math.ceil(Math.log2(lastEnd + 1))
  const code = (at: string) => `bitShiftLeft(bitShiftRight(${who}, 8), ${bits}) + toUInt64(${at})`
  const codes = (at: string) => (areMany ? `arrayMap(at -> ${code('at')}, ${at})` : code(at))
  const gather = areMany ? 'groupArrayArray' : 'groupArray'
  const coded = `SELECT toUInt8(${who}) AS part, ${codes(begins)} AS began, ${codes(ends)} AS ended ${from} SETTINGS max_block_size = ${rowsOfBlock}`
  const sorted = `SELECT arraySort(${gather}(began)) AS begins, arraySort(${gather}(ended)) AS ends FROM (${coded}) GROUP BY part HAVING notEmpty(begins) SETTINGS max_block_size = ${partsOfBlock}`
  const at = `code -> ${numberOf(lastEnd)}(bitAnd(code, ${2 ** bits - 1}))`
  const come = `arrayFilter((begin, before) -> begin >= before, begins, arrayPushFront(arrayPopBack(ends), 0))`
  const go = `arrayFilter((end, next) -> end <= next, ends, arrayPushBack(arrayPopFront(begins), 18446744073709551615))`
  return `SELECT arrayJoin(${stepsSql(`arrayMap(${at}, ${come})`, `arrayMap(${at}, ${go})`)}) AS step FROM (${sorted})`
}

function stepsSql(begins: string, ends: string): string {
  return `arrayConcat(arrayMap(at -> (at, toInt8(1)), ${begins}), arrayMap(at -> (at, toInt8(-1)), ${ends}))`
}

/** As few bits as will do: ClickHouse groups by 16 of them without hashing. */
export function numberOf(max: number): string {
  return max < 65_536 ? 'toUInt16' : max < 2 ** 32 ? 'toUInt32' : 'toInt64'
}
