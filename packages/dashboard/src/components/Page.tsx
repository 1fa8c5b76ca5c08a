import type { ReactNode } from 'react'
import { Captioned } from './Captioned.tsx'
import { FilterBar } from './FilterBar.tsx'
import { ViewBar } from './ViewBar.tsx'
import { Heading, type HeadingProps } from './Heading.tsx'

export interface PageProps extends Pick<HeadingProps, 'title' | 'kind'> {
  /** The id of what the title names. */
  readonly id?: string | undefined
  readonly children: ReactNode
}

/** A page about a period: its title, the choice of what it looks at, and its parts. */
export function Page({ title, kind, id, children }: PageProps) {
  return (
    <>
      <Heading title={title} kind={kind} />
      {id !== undefined && (
        <p className="about">
          <code>{id}</code>
        </p>
      )}
      <div className="bar-row">
        <ViewBar />
        <FilterBar />
      </div>
      <Captioned>{children}</Captioned>
    </>
  )
}
