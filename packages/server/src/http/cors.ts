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
