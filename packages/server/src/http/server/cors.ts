/**
 * The CORS headers of every answer of the collection API, errors included: without them a browser hides the
 * answer, and the `Location` in it, from the player. PUT is listed because the API documents it, though no call uses it.
 */
const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'OPTIONS,POST,PUT',
  'access-control-allow-headers': 'Content-Type',
  'access-control-expose-headers': 'Location',
} as const

/** What a header's name may be made of. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/

/**
 * The answer to a preflight allows each header that it asks for, `User-Agent` or a tracing header of the page's own:
 * none of them changes what the API does, and a browser that is refused one does not send the event at all.
 *
 * @param asked `Access-Control-Request-Headers`
 */
export function allowedHeaders(asked: string | undefined): string {
  const documented = corsHeaders['access-control-allow-headers']
  const others = (asked ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => headerName.test(name) && name.toLowerCase() !== documented.toLowerCase())
  return [documented, ...new Set(others)].join(', ')
}

export type Cors = (origin: string | undefined) => Readonly<Record<string, string>>

/**
 * The headers for a page of an origin. Where origins are listed, the answer names the page's own, or none: a browser
 * then shows the answer to no one, and caches in between are told that it is not the same for all.
 */
export function corsFor(origins: readonly string[]): Cors {
  if (origins.length === 0) return () => corsHeaders
  const { 'access-control-allow-origin': _everyone, ...others } = corsHeaders
  return (origin) => ({
    ...(origin !== undefined && origins.includes(origin) && { 'access-control-allow-origin': origin }),
    ...others,
    vary: 'Origin',
  })
}

/** How long a browser may remember a preflight; without it nearly every ping would cost one of its own. */
export const preflightMaxAgeS = 7200
