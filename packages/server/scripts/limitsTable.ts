import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { table } from '../../protocol/scripts/markdown.ts'

/** A bound in the code: a named number at the top of a file, with its reason above it. */
export interface Limit {
  /** File below `packages/`. */
  readonly path: string
  readonly name: string
  readonly value: number
  /** Its docstring. */
  readonly reason: string
}

const packages = join(import.meta.dirname, '../..')

/** A constant with one of these words in its name is a limit. */
const limitWords = /^(max|min|kept|timeout|interval|retry|age)$/i
/** Those that a client, a proxy or a service manager meets; all others are documented in the code alone. */
const published = [
  'keepAliveTimeoutMs',
  'connectionTimeoutMs',
  'headersTimeoutMs',
  'requestTimeoutMs',
  'headersMaxBytes',
  'depthMax',
  'keysMax',
  'keyMaxBytes',
  'textMaxBytes',
  'keptTextMaxBytes',
  'startTextsMaxBytes',
  'liveListenersMax',
  'replayedEventsMax',
  'jsonRowsMax',
  'tableRowsMax',
]

const constant =
  /^(?:\/\*\*(?<doc>(?:(?!\*\/)[\s\S])*)\*\/\n)?(?:export )?const (?<name>\w+) = (?<value>\d[\d_e* ]*)$/gm

/** Every limit in the code. Throws where one has no reason. */
export function findLimits(): readonly Limit[] {
  const files = ['server/src', 'protocol/src'].flatMap((folder) =>
    readdirSync(join(packages, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(folder, path),
    ),
  )
  const sources = files.filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  return sources.toSorted().flatMap((path) => limitsIn(path, readFileSync(join(packages, path), 'utf8')))
}

/** The limits of one file. */
export function limitsIn(path: string, text: string): readonly Limit[] {
  return [...text.matchAll(constant)].flatMap(({ groups: { doc = '', name = '', value = '' } = {} }) => {
    if (!wordsOf(name).some((word) => limitWords.test(word))) return []
    const reason = doc.replaceAll(/\s*\n? \* ?/g, ' ').trim()
    if (reason === '') throw new Error(`the limit ${name} in packages/${path} needs a docstring: its reason`)
    return [{ path, name, value: product(value), reason }]
  })
}

/** The published limits, for the operators' page. Throws where one has gone or two share its name. */
export function limitsTable(): string {
  const limits = findLimits()
  const rows = published.map((name) => {
    const [limit, ...others] = limits.filter((candidate) => candidate.name === name)
    if (limit === undefined || others.length > 0) throw new Error(`${name} must name one limit in the code`)
    return [`\`${name}\``, withUnit(name, limit.value), limit.reason]
  })
  return table(['limit', 'value', 'what it is for'], rows)
}

function wordsOf(name: string): readonly string[] {
  return name.split(/(?=[A-Z])/)
}

/** `64 * 1024` or `1e12`. */
function product(text: string): number {
  return text.split('*').reduce((result, factor) => result * Number(factor.replaceAll('_', '')), 1)
}

const units: Readonly<Record<string, readonly (readonly [size: number, name: string])[]>> = {
  Ms: [
    [60_000, 'min'],
    [1000, 's'],
    [1, 'ms'],
  ],
  S: [
    [86_400, 'd'],
    [3600, 'h'],
    [1, 's'],
  ],
  Bytes: [
    [1024 ** 2, 'MiB'],
    [1024, 'KiB'],
    [1, 'bytes'],
  ],
}

/** With the largest unit that keeps it whole, by the unit that its name ends with: `90 s` for 90 000 ms. */
function withUnit(name: string, value: number): string {
  for (const word of wordsOf(name).toReversed()) {
    const unit = units[word]?.find(([size]) => value % size === 0)
    if (unit !== undefined) return `${(value / unit[0]).toLocaleString('en')} ${unit[1]}`
  }
  return value.toLocaleString('en')
}
