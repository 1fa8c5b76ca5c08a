/** Whether a parsed JSON value is an object: neither an array nor null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of a JSON object; `undefined` when there is none, or when the value is no object. */
export function memberOf(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined
}
