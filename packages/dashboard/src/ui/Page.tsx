import type { ReactNode } from 'react'
import { FilterBar } from '../view/FilterBar.tsx'
import { ViewBar } from '../view/ViewBar.tsx'

/** A page about a period: its title, the choice of what it looks at, and its parts. */
export function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <h1>{title}</h1>
      <div className="bar-row">
        <ViewBar />
        <FilterBar />
      </div>
      {children}
    </>
  )
}
