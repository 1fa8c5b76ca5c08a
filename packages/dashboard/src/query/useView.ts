import { useEffect, useMemo } from 'react'
import { useAddressSearch } from './address.ts'
import { readView, type View, writeView } from './view.ts'

export const ownTimeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

export interface ViewInAddress {
  readonly view: View
  /** Parts of the address that could not be read. */
  readonly unread: readonly string[]
  /** Change some of it; the page before stays in the browser's history. */
  readonly change: (part: Partial<View>) => void
}

/** What the page looks at, as the address has it. */
export function useView(): ViewInAddress {
  const { search, change: changeSearch } = useAddressSearch()
  const { view, unread } = useMemo(() => readView(search, ownTimeZone), [search])
  return {
    view,
    unread,
    change: (part) => changeSearch((before) => writeView({ ...view, ...part }, before)),
  }
}

/** Address of another page that looks at the same. */
export function useSameView(): (path: string) => string {
  const { search } = useAddressSearch()
  const { view } = useMemo(() => readView(search, ownTimeZone), [search])
  const text = writeView(view).toString()
  return (path) => `${path}?${text}`
}

/** Name the time zone in the address from the beginning: it is copied from where it stands. */
export function useWholeAddress(): void {
  const { search, change } = useAddressSearch()
  const isWhole = search.has('tz')
  useEffect(() => {
    if (!isWhole) change((before) => new URLSearchParams([...before, ['tz', ownTimeZone]]), { replace: true })
  }, [isWhole, change])
}
