import { mentions } from './mentions.ts'

/** Whose data are erased. */
export type Subject =
  | {
      readonly kind: 'visitor'
      /** An id by which the visitor was named at the start of a session. */
      readonly id: string
      /** Also sessions that have the id anywhere in their events: in custom metadata, in a URL. */
      readonly isAnywhere: boolean
    }
  | { readonly kind: 'session'; readonly id: string }

/** Parameters of a session's start that say who watches; `visitor.customerIDs` has more of them. */
const identityParams = [
  'visitor.marketingCloudUserId',
  'analytics.visitorId',
  'analytics.aid',
  'appInstallationId',
]

/**
 * Whether an event makes its session one of the subject's.
 *
 * @param text its JSON as sent; of a downloaded session the list of them
 */
export function isOf(subject: Subject, sid: string, text: string): boolean {
  const { id } = subject
  if (subject.kind === 'session') return sid === id
  if (subject.isAnywhere) return mentions(text, id)
  // JSON can write a text in many ways, but all others than the plain one have a backslash.
  if (!text.includes(id) && !text.includes('\\')) return false
  const body: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
  const events: unknown[] = Array.isArray(body) ? body : [body]
  return events.some((event) => isNamedAtStart(event, id))
}

function isNamedAtStart(event: unknown, id: string): boolean {
  if (member(event, 'eventType') !== 'sessionStart') return false
  const params = member(event, 'params')
  const customerIds = member(params, 'visitor.customerIDs')
  const others = typeof customerIds === 'object' && customerIds !== null ? Object.values(customerIds) : []
  const ids = [
    ...identityParams.map((name) => member(params, name)),
    ...others.map((one) => member(one, 'id')),
  ]
  // The policy `lenient` lets an id be a number.
  return ids.some((value) => value === id || (typeof value === 'number' && String(value) === id))
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}
