import { useEffect, useState } from 'react'
import { useAddressSearch } from './address.ts'

/** How long something stays before it is written down, milliseconds: browsers refuse more than a hundred changes in half a minute. */
const quietMs = 300

/**
 * What is chosen on one page alone, and is in the address under a name, so that it is shared with it. It is at hand at
 * once; the address follows when nothing has changed for a moment, and its history has no step for it.
 */
export function useAddressPart(
  name: string,
): [value: string | undefined, choose: (value: string | undefined) => void] {
  const { search, change } = useAddressSearch()
  const written = search.get(name) ?? undefined
  const [{ value, known }, setState] = useState({ value: written, known: written })
  // Somebody else has changed the address: the browser's back button, or a link.
  if (written !== known) setState({ value: written, known: written })
  useEffect(() => {
    if (value === known) return undefined
    const timer = setTimeout(() => {
      setState((state) => ({ ...state, known: value }))
      change((before) => withPart(before, name, value), { replace: true })
    }, quietMs)
    return () => clearTimeout(timer)
  }, [value, known, name, change])
  return [value, (next) => setState((state) => ({ ...state, value: next }))]
}

function withPart(before: URLSearchParams, name: string, value: string | undefined): URLSearchParams {
  const search = new URLSearchParams(before)
  if (value === undefined) search.delete(name)
  else search.set(name, value)
  return search
}
