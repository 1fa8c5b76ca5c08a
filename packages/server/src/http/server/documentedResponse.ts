import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** Names that are written otherwise than with a capital at the beginning of each word. */
const wireNames = new Map([
  ['etag', 'ETag'],
  ['www-authenticate', 'WWW-Authenticate'],
])

/**
 * A header's name as the API's documentation writes it: `access-control-allow-origin` is `Access-Control-Allow-Origin`.
 * Names do not differ by their case in HTTP, but clients that read headers by hand look for the documented one.
 */
export function wireName(name: string): string {
  const known = wireNames.get(name)
  if (known !== undefined) return known
  const written = name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase())
  // Only what the server itself sets comes here: some dozens.
  wireNames.set(name, written)
  return written
}

/** Headers under their documented names. */
export function wireHeaders<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [wireName(name), value]))
}

/** An answer that writes its headers under their documented names; Fastify hands them over in lower case. */
export class DocumentedResponse extends ServerResponse {
  override setHeader(name: string, value: number | string | readonly string[]): this {
    return super.setHeader(wireName(name), value)
  }

  override writeHead(status: number, ...rest: readonly (string | Headers | undefined)[]): this {
    const headers = rest.find((part) => typeof part === 'object')
    const reason = rest.find((part) => typeof part === 'string')
    const written = Array.isArray(headers) ? headers.map(wirePart) : headers && wireHeaders(headers)
    return reason === undefined ? super.writeHead(status, written) : super.writeHead(status, reason, written)
  }
}

/** As Node takes them: by name, or names and values in turn. */
type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[]

function wirePart(part: OutgoingHttpHeader, index: number): OutgoingHttpHeader {
  return index % 2 === 0 ? wireName(String(part)) : part
}
