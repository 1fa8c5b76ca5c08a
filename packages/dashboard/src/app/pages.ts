import { type ComponentType, lazy, type LazyExoticComponent } from 'react'
import type { Texts } from '../text/texts.ts'

export interface Page {
  /** wouter's pattern. */
  readonly path: string
  readonly title: PageTitle
  readonly Component: LazyExoticComponent<ComponentType>
  /** Whether a link in the menu leads to it. */
  readonly isInMenu: boolean
}

type PageTitle = {
  [Key in keyof Texts]: Texts[Key] extends string ? Key : never
}[keyof Texts]

/** Every page there is; each is a file of its own, fetched when it is opened. */
export const pages: readonly Page[] = [
  page('/', 'live', () => import('../reports/live/LivePage.tsx').then(({ LivePage }) => LivePage)),
  page('/sessions', 'sessions', () =>
    import('../reports/sessions/SessionsPage.tsx').then(({ SessionsPage }) => SessionsPage),
  ),
  page(
    '/sessions/:sid',
    'sessions',
    () => import('../reports/session/SessionPage.tsx').then(({ SessionPage }) => SessionPage),
    false,
  ),
]

function page(path: string, title: PageTitle, load: () => Promise<ComponentType>, isInMenu = true): Page {
  return { path, title, Component: lazy(async () => ({ default: await load() })), isInMenu }
}
