import type { Unit } from '../i18n/formats.ts'
import { stateName } from '../i18n/stateName.ts'
import { useText } from '../i18n/useText.tsx'
import { useCatalog } from './useCatalog.ts'

export interface Names {
  /** What a metric, dimension, segment or panel is called in the language of the interface; its id where nothing is known. */
  readonly titleOf: (id: string) => string
  readonly unitOf: (metric: string) => Unit
  /** Of a dimension that is a measure. */
  readonly unitOfDimension: (dimension: string) => Unit | undefined
  /** Whether a metric is 0 where nothing happened; a mean or a share is nothing then. */
  readonly isSum: (metric: string) => boolean
  /** How a metric comes about, in the language of the interface. */
  readonly ruleOf: (metric: string) => string | undefined
}

const units: Readonly<Record<string, Unit>> = { ratio: 'share' }

/** What the catalogue says, in the language of the interface; ids until the catalogue is there. */
export function useNames(): Names {
  const { text } = useText()
  const { data } = useCatalog()
  const calculated = data?.calculatedMetrics ?? []
  const metrics = [...(data?.metrics ?? []), ...calculated]
  const entries = [
    ...metrics,
    ...(data?.dimensions ?? []),
    ...(data?.segments ?? []),
    ...(data?.panels ?? []),
  ]

  function titleOf(id: string): string {
    const state = stateFigure(id)
    if (state) return `${stateName(text, state.name)} · ${text[`state_${state.leaf}`]}`
    // A key of custom metadata is called what its makers call it.
    if (id.startsWith('c.')) return id.slice(2)
    return text.catalogue?.titles[id] ?? entries.find((entry) => entry.id === id)?.title ?? id
  }

  function ruleOf(id: string): string | undefined {
    const state = stateFigure(id)
    // A rule is the same for every state, known or not.
    const known = state ? `states.mute.${state.leaf}` : id
    const entry = entries.find((each) => each.id === known)
    const quotient = calculated.find((each) => each.id === id)
    const told =
      text.catalogue?.rules[state ? `states.${state.leaf}` : id] ??
      (quotient && text.catalogue?.quotient(asTitles(quotient.of), asTitles(quotient.by)))
    return (told ?? entry?.rule)?.replaceAll(/`([^`]*)`/g, (_, code: string) => asTitles(code))
  }

  /** An id, or two with a minus between them; what is none stays as it is. */
  function asTitles(ids: string): string {
    return ids
      .split('-')
      .map((id) => (metrics.some((metric) => metric.id === id) ? titleOf(id) : id))
      .join(metrics.some((metric) => ids.startsWith(`${metric.id}-`)) ? ' − ' : '-')
  }

  function unitOf(id: string): Unit {
    const state = stateFigure(id)
    if (state) return state.leaf === 'time' ? 'seconds' : 'count'
    const unit = metrics.find((entry) => entry.id === id)?.unit ?? 'number'
    return units[unit] ?? (unit as Unit)
  }

  function unitOfDimension(id: string): Unit | undefined {
    return data?.dimensions.find((entry) => entry.id === id)?.unit
  }

  function isSum(id: string): boolean {
    const unit = unitOf(id)
    return (unit === 'count' || unit === 'seconds') && !calculated.some((each) => each.id === id)
  }

  return { titleOf, unitOf, unitOfDimension, ruleOf, isSum }
}

interface StateFigure {
  readonly name: string
  readonly leaf: 'set' | 'count' | 'time'
}

/** `states.mute.time` */
function stateFigure(id: string): StateFigure | undefined {
  const [, name, leaf] = /^states\.(.+)\.(set|count|time)$/su.exec(id) ?? []
  return name !== undefined && (leaf === 'set' || leaf === 'count' || leaf === 'time')
    ? { name, leaf }
    : undefined
}
