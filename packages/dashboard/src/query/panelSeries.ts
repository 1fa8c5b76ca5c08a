import type { Series } from '../charts/series.ts'

interface Row {
  /** Beginning of its interval, ISO 8601. */
  readonly start: string
}

interface Rows<Each> {
  readonly rows?: readonly Each[]
}

/** A panel's line over time, and the one that it is compared with: the first interval beside the first, and so on. */
export function panelSeries<Each extends Row>(
  { data, before }: { readonly data: Rows<Each> | undefined; readonly before: Rows<Each> | undefined },
  name: string,
  nameOfCompared: (name: string) => string,
  valueOf: (row: Each) => number,
): Series[] {
  const rows = data?.rows ?? []
  const points = (of: readonly Each[]) =>
    rows.map(({ start }, nth) => ({ x: Date.parse(start), y: of[nth] ? valueOf(of[nth]) : null }))
  const own: Series = { name, points: points(rows) }
  if (before === undefined) return [own]
  return [own, { name: nameOfCompared(name), points: points(before.rows ?? []), isCompared: true }]
}
