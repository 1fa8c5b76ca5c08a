/** What the server has said no with: its status, and its reasons in the words of `docs/reference/problems.md`. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly errors: readonly { readonly code: string; readonly message: string; readonly hint?: string }[]

  constructor(status: number, message: string, errors: Refused['errors'] = []) {
    super(message)
    this.status = status
    this.errors = errors
  }
}

/** Address of a path of the server, which may have a base path in front: `reporting/v1/catalog`. */
export function addressOf(path: string): string {
  return new URL(path, document.baseURI).href
}

export interface Ask {
  readonly method?: 'GET' | 'POST'
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is. */
  readonly rawBody?: string
  readonly signal?: AbortSignal
}

/**
 * Ask the server, and read its answer as JSON. The caller names the shape, which the server's own schemas promise.
 * Rejects with `Refused`, or with what `fetch` rejects with where there is no server.
 */
export async function fetchJson<Answer>(
  path: string,
  { method = 'GET', body, rawBody, signal }: Ask = {},
): Promise<Answer> {
  const response = await fetch(addressOf(path), {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(rawBody !== undefined && { body: rawBody }),
    ...(signal && { signal }),
  })
  if (!response.ok) throw await refusalOf(response)
  // What is done and has nothing to say.
  if (response.status === 204) return undefined as Answer
  return (await response.json()) as Answer
}

async function refusalOf(response: Response): Promise<Refused> {
  const text = await response.text()
  try {
    const { message, errors } = JSON.parse(text) as { message: string; errors?: Refused['errors'] }
    return new Refused(response.status, message, errors)
  } catch {
    return new Refused(response.status, `${response.status} ${response.statusText}`)
  }
}
