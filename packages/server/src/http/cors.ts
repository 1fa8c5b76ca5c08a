/**
 * The CORS headers of every answer of the collection API, errors included: without them a browser hides the
 * answer, and the `Location` in it, from the player. PUT is listed because the API documents it, though no call uses it.
 */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'OPTIONS,POST,PUT',
  'access-control-allow-headers': 'Content-Type',
  'access-control-expose-headers': 'Location',
} as const

/** Seconds a browser may remember a preflight; without it nearly every ping would cost one of its own. */
export const preflightMaxAgeS = 7200
