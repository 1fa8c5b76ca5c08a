import { useState } from 'react'
import { useCatalog } from '../query/useCatalog.ts'
import { useMetadataDimensions } from '../query/useMetadataDimensions.ts'
import { useNames } from '../query/useNames.ts'
import { useText } from '../i18n/useText.tsx'
import { Failure } from './Asked.tsx'
import { useFilterText } from '../query/useFilterText.ts'
import { useView } from '../query/useView.ts'
import { type Filter, type Operator, operators } from '../query/view.ts'

/** The segment, and the filters: what there is of them, and a way to add one. */
export function FilterBar() {
  const { text } = useText()
  const { view, change } = useView()
  const { titleOf } = useNames()
  const { data } = useCatalog()
  const { written, operatorNames } = useFilterText()
  const remove = (removed: Filter): void =>
    change({ filters: view.filters.filter((filter) => filter !== removed) })
  return (
    <div className="filters" role="group" aria-label={text.filters}>
      <label>
        {text.segment}
        <select
          value={view.segment ?? ''}
          onChange={({ target }) => change({ segment: target.value === '' ? undefined : target.value })}
        >
          <option value="">{text.allSessions}</option>
          {data?.segments.map(({ id }) => (
            <option key={id} value={id}>
              {titleOf(id)}
            </option>
          ))}
        </select>
      </label>
      {view.filters.map((filter) => (
        <button
          key={written(filter)}
          type="button"
          className="chip"
          aria-label={text.removeFilter(written(filter))}
          onClick={() => remove(filter)}
        >
          {written(filter)} <span aria-hidden="true">×</span>
        </button>
      ))}
      <AddFilter
        onAdd={(filter) => change({ filters: [...view.filters, filter] })}
        operatorNames={operatorNames}
      />
    </div>
  )
}

function AddFilter({
  onAdd,
  operatorNames,
}: {
  readonly onAdd: (filter: Filter) => void
  readonly operatorNames: Readonly<Record<Operator, string>>
}) {
  const { text } = useText()
  const { titleOf } = useNames()
  const { data } = useCatalog()
  const [filter, setFilter] = useState<Filter>({ dimension: 'contentName', operator: 'contains', value: '' })
  const [isOpen, setIsOpen] = useState(false)
  const { data: metadata = [], error } = useMetadataDimensions(isOpen)
  const dimensions =
    data?.dimensions.filter(({ scope, type }) => scope === 'session' && type === 'text') ?? []
  return (
    <details className="add-filter" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{text.addFilter}</summary>
      {error && <Failure error={error} />}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (filter.value !== '') onAdd(filter)
          setFilter({ ...filter, value: '' })
        }}
      >
        <select
          aria-label={text.dimension}
          value={filter.dimension}
          onChange={({ target }) => setFilter({ ...filter, dimension: target.value })}
        >
          {dimensions.map(({ id }) => (
            <option key={id} value={id}>
              {titleOf(id)}
            </option>
          ))}
          {metadata.length > 0 && (
            <optgroup label={text.customMetadata}>
              {metadata.map((id) => (
                <option key={id} value={id}>
                  {titleOf(id)}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        <select
          aria-label={text.operator}
          value={filter.operator}
          onChange={({ target }) => setFilter({ ...filter, operator: target.value as Operator })}
        >
          {operators.map((name) => (
            <option key={name} value={name}>
              {operatorNames[name]}
            </option>
          ))}
        </select>
        <input
          aria-label={text.value}
          value={filter.value}
          maxLength={255}
          onChange={({ target }) => setFilter({ ...filter, value: target.value })}
        />
        <button type="submit">{text.apply}</button>
      </form>
    </details>
  )
}
