import { useText } from '../i18n/useText.tsx'
import { useView } from './useView.ts'

/** What is said where there is nothing: that may be so for what the page is narrowed down to. */
export function useNone(): string {
  const { text } = useText()
  const { segment, filters } = useView().view
  return segment === undefined && filters.length === 0 ? text.noData : text.noMatch
}
