import { type Problem, type Result } from '@playhead/protocol'
import type { CheckedEndpoint } from './checkBody.ts'
import { reportSuitesOf } from '@playhead/engine'
import type { Ingest, Taken } from './ingest.ts'
import { readJson } from '../events/readJson.ts'

/** What came in since the start of the process, for a look at what is happening now. */
export interface Tally {
  /** Bodies acknowledged: events, starts, and downloaded sessions. */
  readonly acknowledged: number
  /** The same, by event type. */
  readonly acknowledgedByKind: ReadonlyMap<string, number>
  readonly refused: number
  /** Newest first. */
  readonly latestRefusals: readonly Refusal[]
}

/** What a refused request was sent to; `elsewhere` is where there is nothing. */
export type RefusedEndpoint = CheckedEndpoint | 'elsewhere'

export interface Refusal {
  /** Epoch milliseconds. */
  readonly atMs: number
  readonly endpoint: RefusedEndpoint
  /** The session it was for, where the path named one. */
  readonly sid: string | undefined
  /** The report suites that a start names, as far as it can be read. */
  readonly suites: readonly string[]
  readonly problems: readonly Problem[]
  /** The first so many characters of the body as it came: whatever a stranger has sent. */
  readonly body: string
}

/** Refusals remembered for the live view. */
export const refusalsKept = 50
/** What is remembered of a refused body; what SDKs send is mostly shorter. */
export const refusedBodyMaxBytes = 4096

export interface Tallied {
  readonly ingest: Ingest
  readonly tally: Tally
  /** Count a request that was refused before an ingest saw it. */
  readonly noteUnmatched: (
    unmatched: Pick<Refusal, 'endpoint'> & { readonly problem: Problem; readonly body: Buffer },
  ) => void
}

/** Count what an ingest takes and refuses. `onRefusal` hears of each body that is not taken. */
export function tallied(
  ingest: Ingest,
  now: () => number,
  onRefusal: (refusal: Refusal) => void = () => {},
): Tallied {
  const byKind = new Map<string, number>()
  const tally = {
    acknowledged: 0,
    acknowledgedByKind: byKind,
    refused: 0,
    latestRefusals: [] as readonly Refusal[],
  }

  async function count(
    result: Promise<Result<Taken>>,
    endpoint: CheckedEndpoint,
    body: Buffer,
    sid?: string,
  ): Promise<Result<Taken>> {
    const answer = await result
    if (answer.ok) {
      tally.acknowledged += 1
      byKind.set(answer.value.kind, (byKind.get(answer.value.kind) ?? 0) + 1)
    } else {
      note(answer.problems, endpoint, body, sid)
    }
    return answer
  }

  function note(problems: readonly Problem[], endpoint: RefusedEndpoint, body: Buffer, sid?: string): void {
    tally.refused += 1
    const text = body.toString('utf8', 0, refusedBodyMaxBytes)
    const refusal = { atMs: now(), endpoint, sid, suites: suitesIn(body), problems, body: text }
    onRefusal(refusal)
    tally.latestRefusals = [refusal, ...tally.latestRefusals.slice(0, refusalsKept - 1)]
  }

  return {
    tally,
    noteUnmatched: ({ endpoint, problem, body }) => note([problem], endpoint, body),
    ingest: {
      openSession: (body, sender) => count(ingest.openSession(body, sender), 'sessions', body),
      takeEvent: (sid, body) => count(ingest.takeEvent(sid, body), 'events', body, sid),
      takeDownload: (body, sender) => count(ingest.takeDownload(body, sender), 'downloaded', body),
    },
  }
}

/** What is longer than what is remembered is not read again: it was refused, and has cost enough. */
function suitesIn(body: Buffer): string[] {
  const json = body.length <= refusedBodyMaxBytes ? readJson(body) : undefined
  if (!json?.ok) return []
  const [start] = Array.isArray(json.value) ? (json.value as readonly unknown[]) : [json.value]
  const params = (start as { params?: Record<string, unknown> | null } | null | undefined)?.params
  return reportSuitesOf(params?.['analytics.reportSuite'])
}
