import { type ReactNode, useId, useRef } from 'react'
import { saveCsv, savePng, saveTablePng } from '../charts/save.ts'
import type { Cell } from '../charts/toCsv.ts'
import { useText } from '../text/useText.tsx'

export interface PanelProps {
  readonly title: string
  /** A sentence on what it shows. */
  readonly about?: string
  /** What its figures are as a table, for saving; as a picture the chart in it is saved, or else the table. */
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  readonly hasPicture?: boolean
  /** Whether it takes the whole width of the page. */
  readonly isWide?: boolean
  readonly children: ReactNode
}

/** A part of a page under a heading of its own, whose figures can be taken along. */
export function Panel({ title, about, table, hasPicture = false, isWide = false, children }: PanelProps) {
  const { text } = useText()
  const headingId = useId()
  const box = useRef<HTMLElement>(null)
  const hasTable = table !== undefined && table.rows.length > 0
  const picture = (): void => {
    const svg = hasPicture ? box.current?.querySelector<SVGSVGElement>('.chart svg') : undefined
    const saved = svg ? savePng(title, svg) : hasTable && saveTablePng(title, table.head, table.rows)
    if (saved) saved.catch((error: unknown) => console.error('the picture could not be made', error))
  }
  return (
    <section className={isWide ? 'panel is-wide' : 'panel'} aria-labelledby={headingId} ref={box}>
      <header>
        <h2 id={headingId}>{title}</h2>
        <span className="tools">
          {hasTable && (
            <button type="button" onClick={() => saveCsv(title, table.head, table.rows)}>
              CSV<span className="unseen">: {text.saveOf(title)}</span>
            </button>
          )}
          {(hasPicture || hasTable) && (
            <button type="button" onClick={picture}>
              PNG<span className="unseen">: {text.saveOf(title)}</span>
            </button>
          )}
        </span>
      </header>
      {about !== undefined && <p className="about">{about}</p>}
      {children}
    </section>
  )
}
