import type * as fc from 'fast-check'
import { mixOf } from './arbitraries.ts'
import { hostile } from './hostile.ts'
import { realistic } from './realistic.ts'
import type { Session } from './session.ts'

/** What the engine and the oracle are compared on: mostly what players send, and a good part of what none should. */
export const anySession: fc.Arbitrary<Session> = mixOf<Session>([3, realistic], [2, hostile])
