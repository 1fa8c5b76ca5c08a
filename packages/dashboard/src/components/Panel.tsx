import { type ReactNode, useId, useRef } from 'react'
import { SaveTools, type SaveToolsProps } from './SaveTools.tsx'

export interface PanelProps extends Pick<SaveToolsProps, 'wholeTable'> {
  readonly title: string
  /** A sentence on what it shows. */
  readonly about?: string
  /** What its figures are as a table, to be saved; `undefined` where it has none, which is to be said. */
  readonly table: SaveToolsProps['table'] | undefined
  /** Whether it takes the whole width of the page. */
  readonly isWide?: boolean
  readonly children: ReactNode
}

/** A part of a page under a heading of its own, whose figures can be taken along. */
export function Panel({ title, about, table, wholeTable, isWide = false, children }: PanelProps) {
  const headingId = useId()
  const box = useRef<HTMLElement>(null)
  return (
    <section className={isWide ? 'panel is-wide' : 'panel'} aria-labelledby={headingId} ref={box}>
      <header>
        <h2 id={headingId}>{title}</h2>
        {table && <SaveTools {...{ title, table, wholeTable, box }} />}
      </header>
      {about !== undefined && <p className="about">{about}</p>}
      {children}
    </section>
  )
}
