import { sampleStart } from '@playhead/protocol/reporting'
import type { Listening } from './http/server/listening.ts'

export interface Greeted extends Listening {
  /** A token for everything, if one had to be made. */
  readonly firstToken: string | undefined
  /** Whether reports and the dashboard are for those who have a token. */
  readonly isTokenNeeded: boolean
}

/** What the server says when it has started: where it is, who may look, and how to try it. */
export function greeting({ url, urlsForOthers, firstToken, isTokenNeeded }: Greeted): string {
  const others = urlsForOthers.map((each) => `Other machines find it on ${each}\n`).join('')
  const token = firstToken ?? 'TOKEN'
  const header = isTokenNeeded ? `-H 'Authorization: Bearer ${token}' ` : ''
  return `Playhead listens on ${url}
${others}${tokenText({ firstToken, isTokenNeeded })}
Open a session:

  ${sampleStart(`${url}/api/v1/sessions`, Date.now())}

Then see it:

  curl ${header}${url}/reporting/v1/sessions

`
}

function tokenText({ firstToken, isTokenNeeded }: Pick<Greeted, 'firstToken' | 'isTokenNeeded'>): string {
  if (firstToken !== undefined)
    return `
Reports and the dashboard need a token, for others can reach this address. One was made, and is not said again:

  ${firstToken}
`
  return isTokenNeeded
    ? `
Reports and the dashboard need a token. playhead token list names those there are, and
playhead token add --name NAME makes another one.
`
    : ''
}
