import { createHash, randomBytes } from 'node:crypto'
import type { Subject } from './subject.ts'
import type { Totals } from './totals.ts'

/** What an erasure leaves to be kept and checked. It names nobody: whoever knows the id can see that it is the one. */
export interface Receipt {
  readonly format: 1
  /** ISO 8601, UTC. */
  readonly erasedAt: string
  readonly subject: Subject['kind']
  readonly isAnywhere: boolean
  /** Hexadecimal; it is in this receipt and nowhere else. */
  readonly salt: string
  /** SHA-256 of the salt and the id, hexadecimal. */
  readonly digest: string
  /** Sessions that were erased. */
  readonly sessions: number
  /** Records and rows of those sessions, by where they were; rows of the tables by the name of the table. */
  readonly places: Readonly<Record<string, { readonly before: number; readonly after: number }>>
  /** Of all sessions that are stored: as reports had them, what went, and as they have them now. */
  readonly totals: { readonly before: Totals; readonly erased: Totals; readonly after: Totals }
  /** Files that still have the id or that of a session in them: of others who mention it, or kept aside by `salvage`. */
  readonly leftIn: readonly string[]
}

export function sealOf(id: string): Pick<Receipt, 'salt' | 'digest'> {
  const salt = randomBytes(16).toString('hex')
  return { salt, digest: digestOf(salt, id) }
}

/** Whether a receipt is about this subject. */
export function isAbout(receipt: Receipt, subject: Subject): boolean {
  return receipt.subject === subject.kind && receipt.digest === digestOf(receipt.salt, subject.id)
}

function digestOf(salt: string, id: string): string {
  return createHash('sha256').update(salt).update(id).digest('hex')
}
