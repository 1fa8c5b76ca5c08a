import { type Problem, ProblemCode } from '@playhead/protocol'
import type { Gate } from './gate.ts'
import type { MemoryWatch } from './memory.ts'
import { Rate } from './rate.ts'

/** Characters of a report suite’s name; all with longer ones share one rate. */
const suiteCharsMax = 128

/** Whether there is room for a new session. Those that are open go on, until the process itself is at stake. */
export interface Capacity {
  /** Why a session of this suite cannot begin now, if so. */
  refuseStart(suite: string, nowMs: number): Problem | undefined
  /** The same of a downloaded session, which never is an open one. */
  refuseDownload(suite: string, nowMs: number): Problem | undefined
  /** Why not even an event of an open session can be taken now. */
  refuseEvent(nowMs: number): Problem | undefined
}

export interface CapacityParts {
  readonly gate: Pick<Gate, 'openSessions' | 'openBytes'>
  readonly memory: MemoryWatch
  readonly openSessionsMax: number
  /** Memory for open sessions. */
  readonly openSessionsMaxBytes: number
  readonly suiteRateMaxPerS: number
}

export function createCapacity({
  gate,
  memory,
  openSessionsMax,
  openSessionsMaxBytes,
  suiteRateMaxPerS,
}: CapacityParts): Capacity {
  const starts = new Rate(suiteRateMaxPerS)
  const isFull = (): boolean => gate.openSessions >= openSessionsMax || gate.openBytes >= openSessionsMaxBytes

  function refuseDownload(suite: string, nowMs: number): Problem | undefined {
    if (memory.isShort(nowMs)) return memoryShort
    const key = suite.length > suiteCharsMax ? '' : suite
    return starts.take(key, nowMs) ? undefined : rateExceeded
  }

  return {
    refuseStart: (suite, nowMs) => (isFull() ? sessionsTooMany : refuseDownload(suite, nowMs)),
    refuseDownload,
    refuseEvent: (nowMs) => (memory.isExhausted(nowMs) ? memoryExhausted : undefined),
  }
}

const sessionsTooMany: Problem = {
  code: ProblemCode.sessionsTooMany,
  pointer: '',
  message: 'As many sessions are open as may be; this one was not opened.',
}

const memoryShort: Problem = {
  code: ProblemCode.memoryShort,
  pointer: '',
  message: 'The server has too little memory left; this session was not opened.',
}

const memoryExhausted: Problem = {
  code: ProblemCode.memoryShort,
  pointer: '',
  message: 'The server has hardly any memory left; this event was not taken.',
}

const rateExceeded: Problem = {
  code: ProblemCode.rateExceeded,
  pointer: '/params/analytics.reportSuite',
  message: 'This report suite is sent more session starts a second than it may; this session was not opened.',
}
