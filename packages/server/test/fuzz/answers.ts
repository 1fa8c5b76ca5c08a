/** One answer as it came over the wire. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Takes answers out of a stream of bytes, in order. It is strict: what a client could misread is an error, for the
 * server must keep its answers apart whatever it was sent.
 */
export class AnswerReader {
  #bytes: Buffer = Buffer.alloc(0)

  push(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes])
  }

  /** Bytes that no answer was made of yet. */
  get rest(): string {
    return this.#bytes.toString('latin1')
  }

  /** The next answer if it is whole. @param isBodiless as that of a HEAD is */
  take(isBodiless: boolean): Answer | undefined {
    const headEnd = this.#bytes.indexOf('\r\n\r\n')
    if (headEnd === -1) return undefined
    const [statusLine = '', ...lines] = this.#bytes.toString('latin1', 0, headEnd).split('\r\n')
    const [, code] = /^HTTP\/1\.1 (\d{3}) [ -~]*$/.exec(statusLine) ?? []
    if (code === undefined) throw new Error(`no status line: ${JSON.stringify(statusLine.slice(0, 200))}`)
    const headers = Object.fromEntries(lines.map(headerOf))
    const status = Number(code)
    const from = headEnd + 4
    if (isBodiless || status === 204 || status < 200) return this.#cut(status, headers, '', from)
    if (headers['transfer-encoding'] === 'chunked') {
      const chunks = readChunks(this.#bytes, from)
      return chunks && this.#cut(status, headers, chunks.text, chunks.end)
    }
    const end = from + Number(headers['content-length'] ?? Number.NaN)
    if (!Number.isInteger(end)) throw new Error(`an answer without a length: ${statusLine}`)
    return this.#bytes.length < end
      ? undefined
      : this.#cut(status, headers, this.#bytes.toString('utf8', from, end), end)
  }

  #cut(status: number, headers: Answer['headers'], body: string, end: number): Answer {
    this.#bytes = this.#bytes.subarray(end)
    return { status, headers, body }
  }
}

function headerOf(line: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9a-z-]+): ([\t -~\x80-\xff]*)$/i.exec(line) ?? []
  if (name === undefined || value === undefined) throw new Error(`no header: ${JSON.stringify(line)}`)
  return [name.toLowerCase(), value]
}

function readChunks(bytes: Buffer, from: number): { text: string; end: number } | undefined {
  const parts: Buffer[] = []
  let at = from
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    if (!(size >= 0)) throw new Error('no chunk')
    const end = lineEnd + 2 + size + 2
    if (bytes.length < end) return undefined
    if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), end }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = end
  }
}
