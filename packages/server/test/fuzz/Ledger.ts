import { ProblemCode } from '@playhead/protocol'
import type { Answer } from './answers.ts'
import type { Takes } from './hostileRequest.ts'

/** Books what was sent and answered, and says what must not have been. */
export class Ledger {
  requests = 0
  /** Answers by status, and of refusals by code. */
  readonly answers = new Map<string, number>()
  /** Of each session, the events that the server said it had taken. */
  readonly taken = new Map<string, number>()
  readonly wrongs: string[] = []

  /** @returns the session that was opened, if one was */
  book(answer: Answer, takes: Takes, isHead: boolean, sent: Buffer): string | undefined {
    const wrong = wrongOf(answer, isHead)
    if (wrong !== undefined) this.wrong(wrong, sent)
    const name = answer.status < 400 || isHead ? `${answer.status}` : `${answer.status} ${codeOf(answer)}`
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1)
    return this.#bookTaken(answer, takes)
  }

  wrong(what: string, sent: Buffer): void {
    if (this.wrongs.length < 20) this.wrongs.push(`${what}, to ${shown(sent)}`)
  }

  get eventsTaken(): number {
    return [...this.taken.values()].reduce((sum, events) => sum + events, 0)
  }

  #bookTaken({ status, headers }: Answer, takes: Takes): string | undefined {
    const opened = headers['location']?.split('/').at(-1)
    if (status === 201 && opened !== undefined) {
      // A start that is repeated is one more event of the same session; a list that is sent again is the same list.
      const before = takes.kind === 'download' ? 0 : (this.taken.get(opened) ?? 0)
      this.taken.set(opened, before + (takes.kind === 'download' ? takes.events : 1))
      return takes.kind === 'start' ? opened : undefined
    }
    if (status === 204 && takes.kind === 'event') {
      this.taken.set(takes.sid, (this.taken.get(takes.sid) ?? 0) + 1)
    }
    return undefined
  }
}

function shown(bytes: Buffer): string {
  return JSON.stringify(bytes.toString('latin1', 0, 2000))
}

const known: ReadonlySet<string> = new Set(Object.values(ProblemCode))

/** 503 is right where a limit is documented, 501 for a method that is not known; any other 5xx is a bug. */
function wrongOf(answer: Answer, isHead: boolean): string | undefined {
  const { status, body } = answer
  if (status >= 500 && status !== 503 && status !== 501) return `${status} ${body.slice(0, 300)}`
  if (status < 400 || isHead) return undefined
  const code = codeOf(answer)
  return code !== undefined && known.has(code)
    ? undefined
    : `${status} without a known code: ${body.slice(0, 300)}`
}

function codeOf({ headers, body }: Answer): string | undefined {
  if (!headers['content-type']?.startsWith('application/json')) return undefined
  try {
    const { message, errors } = JSON.parse(body) as { message?: unknown; errors?: { code?: string }[] }
    return typeof message === 'string' && message !== '' ? errors?.[0]?.code : undefined
  } catch {
    return undefined
  }
}
