import { type RefObject, useEffect, useRef, useState } from 'react'

/** The width that an element has been given, CSS pixels; 0 before it is known. */
export function useWidth<Shape extends HTMLElement>(): [RefObject<Shape | null>, number] {
  const ref = useRef<Shape>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (ref.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}
