import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Filter } from '../query/view.ts'

const OnlyContext = createContext<readonly Filter[]>([])

/** What is inside looks only at what matches, besides what the address says. */
export function ViewOnly({ filter, children }: { readonly filter: Filter; readonly children: ReactNode }) {
  const { dimension, operator, value } = filter
  const only = useMemo(() => [{ dimension, operator, value }], [dimension, operator, value])
  return <OnlyContext value={only}>{children}</OnlyContext>
}

export function useOnly(): readonly Filter[] {
  return useContext(OnlyContext)
}
