import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef } from 'react'
import { useNames } from '../query/useNames.ts'
import { useWholeView } from '../query/useReport.ts'
import { useText } from '../i18n/useText.tsx'
import { comparedPeriod, type Period, periodOf } from '../query/period.ts'
import { useFilterText } from '../query/useFilterText.ts'

/** Sentences on what figures are of at the moment. */
export type Caption = () => readonly string[]

const CaptionContext = createContext<Caption>(() => [])

export interface CaptionedProps {
  /** Whether segment and filters narrow what is inside. */
  readonly isNarrowed?: boolean
  readonly isCompared?: boolean
  readonly children: ReactNode
}

/** Pictures of what is inside say what time they are of, and what they are narrowed down to: they are seen alone. */
export function Captioned({ isNarrowed = true, isCompared = true, children }: CaptionedProps) {
  const { text, format } = useText()
  const { titleOf } = useNames()
  const { written } = useFilterText()
  const { range, timeZone, compare, segment, filters } = useWholeView()
  const between = ({ from, to }: Period): string =>
    `${format.dateTime(from, timeZone)} – ${format.dateTime(to, timeZone)}`
  const caption: Caption = () => {
    const period = periodOf(range, timeZone, Date.now())
    const before = isCompared ? comparedPeriod(period, compare, timeZone) : undefined
    return [
      `${between(period)} (${timeZone})`,
      ...(before ? [`${text.before}: ${between(before)}`] : []),
      ...(isNarrowed && segment !== undefined ? [`${text.segment}: ${titleOf(segment)}`] : []),
      ...(isNarrowed ? filters.map(written) : []),
    ]
  }
  // Read when something is saved; what is inside need not be drawn again for it.
  const latest = useRef(caption)
  useEffect(() => {
    latest.current = caption
  })
  const read = useCallback(() => latest.current(), [])
  return <CaptionContext value={read}>{children}</CaptionContext>
}

export function useCaption(): Caption {
  return useContext(CaptionContext)
}
