import type { Table } from '../../../../crash-tests/table.ts'

/** What a run under one policy came to. */
export interface FuzzFigures {
  readonly requests: number
  /** Answers by status, and of refusals by code: `400 ts_seconds`. */
  readonly answers: ReadonlyMap<string, number>
  readonly wrongs: number
  readonly eventsTaken: number
  readonly eventsStored: number
  /** Sessions of which other events are stored than were taken. */
  readonly differing: number
}

/** The table of docs/reliability.md. */
export function fuzzTable(policies: readonly string[]): Table {
  const counts = ['requests', 'answered 2xx', 'refused 4xx', '503', 'other 5xx', 'hangs, crashes, wrong']
  const events = ['events acknowledged', 'events stored', 'different']
  return {
    id: 'fuzz',
    heads: ['policy', ...counts, ...events, 'run'],
    names: [...policies.map((policy) => `\`${policy}\``), 'all'],
  }
}

/** A row for each policy, and one of their sums. */
export function fuzzRows(
  figures: ReadonlyMap<string, FuzzFigures>,
  run: string,
): readonly (readonly string[])[] {
  const counted = [...figures].map(([policy, of]) => [`\`${policy}\``, countsOf(of)] as const)
  const [, first = []] = counted[0] ?? []
  const sums = first.map((_, column) => counted.reduce((sum, [, counts]) => sum + (counts[column] ?? 0), 0))
  return [...counted, ['all', sums] as const].map(([name, counts]) => [
    name,
    ...counts.map((count) => count.toLocaleString('en-US')),
    run,
  ])
}

function countsOf({ requests, answers, wrongs, ...events }: FuzzFigures): readonly number[] {
  const answered = (isMeant: (status: number) => boolean) =>
    [...answers].reduce((sum, [name, times]) => sum + (isMeant(Number.parseInt(name, 10)) ? times : 0), 0)
  return [
    requests,
    answered((status) => status < 300),
    answered(isRefusal),
    answered((status) => status === 503),
    answered((status) => status >= 500 && status !== 503 && !isRefusal(status)),
    wrongs,
    events.eventsTaken,
    events.eventsStored,
    events.differing,
  ]
}

/** 501 says, as 405 does, that the method is wrong. */
function isRefusal(status: number): boolean {
  return (status >= 400 && status < 500) || status === 501
}
