import type { ReportRow } from '@playhead/protocol/reporting'
import { type ReactNode, useState } from 'react'
import type { Cell } from '../charts/toCsv.ts'
import { useText } from '../i18n/useText.tsx'
import { Asked } from './Asked.tsx'
import { type Column, DataTable, tableOf } from './DataTable.tsx'
import { Panel } from './Panel.tsx'
import { useNone } from '../query/useNone.ts'
import { useView } from '../query/useView.ts'
import { useAllRows } from '../query/useAllRows.ts'
import { useNames } from '../query/useNames.ts'
import { useReport } from '../query/useReport.ts'

export interface BreakdownProps {
  readonly title?: string
  readonly dimensions: readonly string[]
  readonly metrics: readonly string[]
  /** Rows at most. @default 20 */
  readonly limit?: number
  /** How the first dimension's value is shown; by default as a filter that narrows the page down to it. */
  readonly show?: (value: string, row: ReportRow) => ReactNode
  /** How values of a dimension are written, shown and saved; by default as they are. */
  readonly writtenAs?: Readonly<Record<string, (value: string) => string>>
  /** Whether a click on a value narrows the page down: what belongs to an ad or a chapter cannot. */
  readonly isFilter?: boolean
  /** What stands above the table. */
  readonly children?: ReactNode
}

/** Rows that are asked for when all are wanted: browsers show no more of them well. */
const rowsMax = 1000

/** Metrics by dimensions, most of the first metric first. */
export function Breakdown(props: BreakdownProps) {
  const { dimensions, metrics, limit = 20, show, writtenAs, isFilter = true } = props
  const [isWhole, setIsWhole] = useState(false)
  const { text, format } = useText()
  const none = useNone()
  const { view, change } = useView()
  const { titleOf, unitOf, unitOfDimension } = useNames()
  const ask = { dimensions: [...dimensions], metrics: [...metrics], orderBy: `-${metrics[0]}` }
  const result = useReport({ ...ask, limit: isWhole ? rowsMax : limit })
  const allRows = useAllRows(ask)
  const narrow = (dimension: string, value: string): void =>
    change({ filters: [...view.filters, { dimension, operator: 'is', value }] })
  const written = (dimension: string, value: Cell): Cell =>
    typeof value === 'string' ? (writtenAs?.[dimension]?.(value) ?? value) : value
  const columns: readonly Column<ReportRow>[] = [
    ...dimensions.map((dimension, nth): Column<ReportRow> => ({
      id: dimension,
      title: titleOf(dimension),
      value: ({ dimensions: values }) => written(dimension, values[dimension]) ?? text.notSent,
      show: (row) => {
        const value = row.dimensions[dimension]
        if (value === null || value === undefined) return <em>{text.notSent}</em>
        if (nth === 0 && show) return show(String(value), row)
        const unit = unitOfDimension(dimension)
        const shown =
          typeof value === 'number' && unit ? format.figure(value, unit) : String(written(dimension, value))
        return isFilter ? (
          <button
            type="button"
            className="link"
            title={text.narrow}
            onClick={() => narrow(dimension, String(value))}
          >
            {shown}
          </button>
        ) : (
          shown
        )
      },
    })),
    ...metrics.map((metric): Column<ReportRow> => ({
      id: metric,
      title: titleOf(metric),
      value: ({ metrics: values }) => values[metric],
      show: ({ metrics: values, previous }) => (
        <>
          {format.figure(values[metric], unitOf(metric))}
          {typeof previous?.[metric] === 'number' && typeof values[metric] === 'number' && (
            <span className="change"> {format.change(values[metric], previous[metric], unitOf(metric))}</span>
          )}
        </>
      ),
      isNumber: true,
    })),
  ]
  const comparedColumns = metrics.map((metric): Column<ReportRow> => ({
    id: `previous.${metric}`,
    title: text.comparedLine(titleOf(metric)),
    value: ({ previous }) => previous?.[metric],
  }))
  const saved = view.compare === 'none' ? columns : [...columns, ...comparedColumns]
  const title = props.title ?? dimensions.map(titleOf).join(', ')
  return (
    <Panel
      title={title}
      isWide={dimensions.length + metrics.length > 5}
      table={tableOf(saved, result.data?.rows ?? [])}
      wholeTable={async (signal) => {
        const { rows, isCut } = await allRows(signal)
        return { ...tableOf(saved, rows), isCut }
      }}
    >
      {props.children}
      <Asked result={result}>
        {({ rows, page }) => (
          <>
            <DataTable
              label={title}
              columns={columns}
              rows={rows}
              keyOf={({ dimensions: values }) => JSON.stringify(values)}
              none={none}
            />
            {page.rows > rows.length &&
              (isWhole ? (
                <p className="about">{text.moreRows(page.rows - rows.length)}</p>
              ) : (
                <button type="button" onClick={() => setIsWhole(true)}>
                  {text.moreRows(page.rows - rows.length)}
                </button>
              ))}
          </>
        )}
      </Asked>
    </Panel>
  )
}
