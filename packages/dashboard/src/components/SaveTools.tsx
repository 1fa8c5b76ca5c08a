import { type RefObject, useEffect, useRef, useState } from 'react'
import { saveCsv, savePng } from '../charts/save.ts'
import type { Table } from '../charts/toCsv.ts'
import { useText } from '../i18n/useText.tsx'
import { useCaption } from './Captioned.tsx'
import { Failure } from './Asked.tsx'

export interface SaveToolsProps {
  /** Names the files. */
  readonly title: string
  /** Made at a click, where it is a function: of thousands of rows it takes a while. */
  readonly table: Table | (() => Table)
  /** Asks for all of the table, where the page has but the beginning of it; lets go of it when the signal says so. */
  readonly wholeTable?: ((signal: AbortSignal) => Promise<Table>) | undefined
  /** The part of the page whose chart or table is the picture. */
  readonly box: RefObject<Element | null>
}

/** Take figures along: as CSV all of them, as PNG what is seen. Where there are none there is nothing to take. */
export function SaveTools({ title, table, wholeTable, box }: SaveToolsProps) {
  const { text } = useText()
  const caption = useCaption()
  const [error, setError] = useState<Error>()
  const [busy, setBusy] = useState<string>()
  const underWay = useRef<AbortController>(undefined)
  // Nobody waits for it on another page.
  useEffect(() => () => underWay.current?.abort(), [])
  const save = async (form: string, saving: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    // Once at a time: it may take some hundred thousand rows, and the button can be clicked again.
    if (underWay.current) return
    const own = new AbortController()
    underWay.current = own
    setError(undefined)
    setBusy(form)
    try {
      await saving(own.signal)
    } catch (problem) {
      if (!own.signal.aborted) setError(problem instanceof Error ? problem : new Error(String(problem)))
    } finally {
      underWay.current = undefined
      setBusy(undefined)
    }
  }
  const made = (): Table => (typeof table === 'function' ? table() : table)
  const csv = async (signal: AbortSignal): Promise<void> =>
    saveCsv(title, wholeTable ? await wholeTable(signal) : made())
  const png = async (): Promise<void> => {
    if (box.current) await savePng({ title, caption: caption() }, box.current, made())
  }
  if (typeof table !== 'function' && table.rows.length === 0) return null
  return (
    <div className="tools">
      {[
        { name: 'CSV', act: csv },
        { name: 'PNG', act: png },
      ].map(({ name, act }) => (
        // Not `disabled`, which would take the focus away.
        <button
          key={name}
          type="button"
          aria-busy={busy === name}
          aria-disabled={busy !== undefined}
          onClick={() => void save(name, act)}
        >
          {name}
          <span className="unseen">: {text.saveOf(title)}</span>
        </button>
      ))}
      {error && <Failure error={error} />}
    </div>
  )
}
