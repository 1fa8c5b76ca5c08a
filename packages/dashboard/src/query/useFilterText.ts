import { useNames } from './useNames.ts'
import { useText } from '../i18n/useText.tsx'
import type { Filter, Operator } from './view.ts'

/** How filters are written. */
export interface FilterText {
  readonly operatorNames: Readonly<Record<Operator, string>>
  readonly written: (filter: Filter) => string
}

export function useFilterText(): FilterText {
  const { text } = useText()
  const { titleOf } = useNames()
  const operatorNames = { is: text.is, 'is-not': text.isNot, contains: text.contains }
  return {
    operatorNames,
    written: ({ dimension, operator, value }) => `${titleOf(dimension)} ${operatorNames[operator]} ${value}`,
  }
}
