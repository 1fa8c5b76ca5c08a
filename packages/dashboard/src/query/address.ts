import { useMemo } from 'react'
import { navigate, usePathname, useSearch } from 'wouter/use-browser-location'

/**
 * The address as it stands in the browser. wouter's hooks of the same purpose undo escapes before they take an address
 * apart: a content that is called `a%20b` would become another one, and `100%` none at all.
 */
export interface AddressSearch {
  readonly search: URLSearchParams
  /** Change it; the page before stays in the browser's history, unless it is replaced. */
  readonly change: (
    change: (before: URLSearchParams) => URLSearchParams,
    options?: { readonly replace?: boolean },
  ) => void
}

export function useAddressSearch(): AddressSearch {
  const text = useSearch()
  return { search: useMemo(() => new URLSearchParams(text), [text]), change: changeSearch }
}

/** The last part of the path, without its escapes. */
export function useLastPart(): string {
  const part = usePathname().replace(/\/$/, '').split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(part)
  } catch {
    // Somebody has typed it.
    return part
  }
}

const changeSearch: AddressSearch['change'] = (change, { replace = false } = {}) => {
  const text = change(new URLSearchParams(location.search)).toString()
  navigate(text === '' ? location.pathname : `${location.pathname}?${text}`, { replace })
}
