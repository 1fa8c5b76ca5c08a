import { type Problem, ProblemCode } from '@playhead/protocol'
import type { FastifyRequest } from 'fastify'

/**
 * What is wrong with a request that a page of another site has made a browser send; `undefined` for one of our own pages,
 * and of what is no browser. Browsers name the page's origin with every POST, and whether it is another site where
 * they trust the connection. Whether that is under TLS is compared where this server knows it: a proxy in front
 * that is not trusted may end TLS.
 */
export function otherSite({ headers, protocol, host }: FastifyRequest): Problem | undefined {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return problem
  const { origin } = headers
  if (origin === undefined) return undefined
  const page = URL.canParse(origin) ? new URL(origin) : undefined
  if (page === undefined || (page.protocol !== 'https:' && page.protocol !== 'http:')) return problem
  if (protocol === 'https' && page.protocol !== 'https:') return problem
  // The same with a port that is the usual one and without.
  const served = `${page.protocol}//${host}`
  return URL.canParse(served) && new URL(served).host === page.host ? undefined : problem
}

const problem: Problem = {
  code: ProblemCode.originNotAllowed,
  pointer: '',
  message:
    'The page that sent this is of another site than this server: its `Origin` is not the host that was asked for.',
  hint: 'Use the dashboard at the address of the server. A proxy in front has to pass on the host that browsers ask for, as `Host`, or as `X-Forwarded-Host` if it is listed in `PLAYHEAD_TRUSTED_PROXIES`.',
}
