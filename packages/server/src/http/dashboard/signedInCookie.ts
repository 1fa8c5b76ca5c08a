import type { FastifyReply, FastifyRequest } from 'fastify'
import { signedInMaxMs } from '../../auth/signedIn.ts'

/**
 * The cookie of a signed-in browser. Scripts cannot read it, other sites cannot have it sent, and under TLS its name
 * makes the browser keep it to this host and to TLS.
 */
const name = 'playhead'
const secureName = `__Host-${name}`

export function signedInCookie(request: FastifyRequest): string | undefined {
  const wanted = `${nameFor(request)}=`
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
  return cookies.find((cookie) => cookie.startsWith(wanted))?.slice(wanted.length)
}

export function setSignedInCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  setCookie(request, reply, value, Math.floor(signedInMaxMs / 1000))
}

export function clearSignedInCookie(request: FastifyRequest, reply: FastifyReply): void {
  setCookie(request, reply, '', 0)
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string, maxAgeS: number): void {
  const attributes = [
    `${nameFor(request)}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeS}`,
    'HttpOnly',
    'SameSite=Strict',
  ]
  if (isSecure(request)) attributes.push('Secure')
  void reply.header('set-cookie', attributes.join('; '))
}

function nameFor(request: FastifyRequest): string {
  return isSecure(request) ? secureName : name
}

function isSecure({ protocol }: FastifyRequest): boolean {
  return protocol === 'https'
}
