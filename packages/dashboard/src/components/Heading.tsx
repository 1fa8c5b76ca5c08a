import { type ReactNode, useEffect } from 'react'

export interface HeadingProps {
  readonly title: string
  /** What kind of thing the title names, where it is one of many: a session's name says not that it is a session. */
  readonly kind?: string | undefined
  /** What stands beside the title. */
  readonly children?: ReactNode
}

/** The title of a page, which names it in the browser's tabs and history too. */
export function Heading({ title, kind, children }: HeadingProps) {
  useEffect(() => {
    document.title = [title, kind, 'Playhead'].filter(Boolean).join(' · ')
  }, [title, kind])
  return (
    <h1>
      {title}
      {children !== undefined && <> {children}</>}
    </h1>
  )
}
