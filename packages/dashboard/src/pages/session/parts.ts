import { stateName } from '../../i18n/stateName.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { SessionReport } from './sessionReport.ts'

/** An ad, a chapter or a player state of a session, and how long it was on. */
export interface Part {
  readonly kind: 'ads' | 'chapters' | 'states'
  /** By which `originOf` knows it. */
  readonly id: string
  readonly name: string
  readonly ms: number
}

/** All of them, in their order. */
export function partsOf(report: SessionReport, text: Texts): Part[] {
  const { explanation } = report
  if (explanation === undefined) return []
  const numbered = (kind: 'ads' | 'chapters'): Part[] => {
    const nameOf = partNames(report, kind)
    return explanation[kind].map(({ ordinal, timeSpent: { ms } }) => {
      const name = [`#${ordinal}`, nameOf(ordinal)].filter(Boolean).join(' ')
      return { kind, id: `${kind}.${ordinal}`, name, ms }
    })
  }
  const states = explanation.states.map(({ name, ms }): Part => ({
    kind: 'states',
    id: `states.${name}`,
    name: stateName(text, name),
    ms,
  }))
  return [...numbered('ads'), ...numbered('chapters'), ...states]
}

const nameKeys = {
  ads: ['a.media.ad.friendlyName', 'a.media.ad.name'],
  chapters: ['a.media.chapter.friendlyName', 'a.media.chapter.name'],
} as const

/** What an ad, or a chapter, of a session is called, by its ordinal; `undefined` where no name was sent. */
export function partNames(
  report: SessionReport,
  kind: 'ads' | 'chapters',
): (ordinal: number) => string | undefined {
  const names = new Map(
    report[kind].map(({ ordinal, contextData }) => {
      const sent = nameKeys[kind].map((key) => contextData[key])
      return [ordinal, sent.find((value) => typeof value === 'string')] as const
    }),
  )
  return (ordinal) => names.get(ordinal)
}
