import type { ReactNode } from 'react'
import { FilterBar } from '../view/FilterBar.tsx'
import { ViewBar } from '../view/ViewBar.tsx'
import { Heading, type HeadingProps } from './Heading.tsx'

/** A page about a period: its title, the choice of what it looks at, and its parts. */
export function Page({
  title,
  kind,
  children,
}: Omit<HeadingProps, 'children'> & { readonly children: ReactNode }) {
  return (
    <>
      <Heading title={title} {...(kind !== undefined && { kind })} />
      <div className="bar-row">
        <ViewBar />
        <FilterBar />
      </div>
      {children}
    </>
  )
}
