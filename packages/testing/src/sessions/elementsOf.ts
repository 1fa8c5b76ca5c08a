/** Elements of all lists in a state; one list inside another is an element of it. */
export function elementsOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, member) => sum + elementsOf(member), 0)
}
