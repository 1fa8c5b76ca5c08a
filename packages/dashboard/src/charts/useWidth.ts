import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Width of an element, CSS pixels. It is measured before the browser paints: what needs it is drawn at once. */
export function useWidth<Shape extends HTMLElement>(): [RefObject<Shape | null>, number] {
  const ref = useRef<Shape>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = (): void => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}
