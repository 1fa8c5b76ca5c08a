import type { Unit } from '../text/formats.ts'
import { useText } from '../text/useText.tsx'
import { useCatalog } from './useReport.ts'

export interface Names {
  /** A metric's or a dimension's title in the language of the interface. */
  readonly titleOf: (id: string) => string
  readonly unitOf: (metric: string) => Unit
  readonly ruleOf: (id: string) => string | undefined
}

const units: Readonly<Record<string, Unit>> = { ratio: 'share' }

/** What metrics and dimensions are called; by their ids until the catalogue is there. */
export function useNames(): Names {
  const { text } = useText()
  const { data } = useCatalog()
  const metrics = [...(data?.metrics ?? []), ...(data?.calculatedMetrics ?? [])]
  const entryOf = (id: string) =>
    metrics.find((entry) => entry.id === id) ?? data?.dimensions.find((entry) => entry.id === id)
  const titleOf = (id: string): string => text.names[id] ?? entryOf(id)?.title ?? id
  return {
    titleOf,
    unitOf: (id) => {
      const unit = metrics.find((entry) => entry.id === id)?.unit ?? 'number'
      return units[unit] ?? (unit as Unit)
    },
    // Rules have ids and values in backticks, as the docs do.
    ruleOf: (id) => entryOf(id)?.rule.replaceAll(/`([^`]*)`/g, (_, name: string) => titleOf(name)),
  }
}
