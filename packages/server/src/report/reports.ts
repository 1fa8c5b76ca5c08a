import type { SessionRules } from '../session/rules.ts'
import type { Store } from '../store/store.ts'
import { type ReadOptions, readSession } from './readSession.ts'
import { renderSession, type SessionReport } from './renderSession.ts'
import { listSessions, type SessionList, type SessionListQuery } from './listSessions.ts'

/** Thrown by every report while the store is away. */
export { StoreUnavailable } from '../store/storeUnavailable.ts'

/** What can be asked of the store. */
export interface Reports {
  /** One session with all its numbers; `undefined` when the store has not heard of it (yet). */
  session(sid: string, options: ReadOptions): Promise<SessionReport | undefined>
  /** Sessions by start, newest first. */
  sessions(query: SessionListQuery): Promise<SessionList>
}

export function createReports(store: Store, rules: SessionRules): Reports {
  return {
    async session(sid, options) {
      const read = await readSession(store, rules, sid, options)
      return read && renderSession(read)
    },
    sessions: (query) => listSessions(store, query),
  }
}
