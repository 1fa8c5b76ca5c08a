import { type RefObject, useState } from 'react'
import { saveCsv, savePng } from '../charts/save.ts'
import type { Table } from '../charts/toCsv.ts'
import { useText } from '../text/useText.tsx'
import { Failure } from './Asked.tsx'

export interface SaveToolsProps {
  /** Names the files. */
  readonly title: string
  readonly table: Table
  /** Asks for all of the table, where the page has but the beginning of it. */
  readonly wholeTable?: (() => Promise<Table>) | undefined
  /** The part of the page whose chart or table is the picture. */
  readonly box: RefObject<Element | null>
}

/** Take figures along: as CSV all of them, as PNG what is seen. Where there are none there is nothing to take. */
export function SaveTools({ title, table, wholeTable, box }: SaveToolsProps) {
  const { text } = useText()
  const [error, setError] = useState<Error>()
  const save = async (saving: () => Promise<void>): Promise<void> => {
    setError(undefined)
    try {
      await saving()
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)))
    }
  }
  const csv = (): Promise<void> => save(async () => saveCsv(title, wholeTable ? await wholeTable() : table))
  const png = (): Promise<void> =>
    save(async () => {
      if (box.current) await savePng(title, box.current, table)
    })
  if (table.rows.length === 0) return null
  return (
    <span className="tools">
      {[
        { name: 'CSV', act: csv },
        { name: 'PNG', act: png },
      ].map(({ name, act }) => (
        <button key={name} type="button" onClick={() => void act()}>
          {name}
          <span className="unseen">: {text.saveOf(title)}</span>
        </button>
      ))}
      {error && <Failure error={error} />}
    </span>
  )
}
