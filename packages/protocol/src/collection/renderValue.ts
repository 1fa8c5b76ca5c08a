/** Longest piece of a sent string or key that is repeated in a problem, in UTF-16 units. */
const shownMax = 40

/** Type and value of what was sent, in at most about 60 characters; objects and arrays are never walked. */
export function renderValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `array of ${value.length}`
  if (typeof value === 'string') return `string ${JSON.stringify(clip(value, shownMax))}`
  if (typeof value === 'boolean') return `boolean ${value}`
  if (typeof value !== 'number') return typeof value === 'object' ? 'object' : 'nothing'
  return Number.isFinite(value) ? `number ${value}` : 'number too large for a 64-bit float'
}

/** The first `max` UTF-16 units and an ellipsis, without cutting a character in two. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  const end = isHighSurrogate(text.charCodeAt(max - 1)) ? max - 1 : max
  return `${text.slice(0, end)}…`
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
