import { type ComponentType, lazy, type LazyExoticComponent } from 'react'
import type { Texts } from '../i18n/texts.ts'

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
  page('/', 'live', () => import('../pages/live/LivePage.tsx').then(({ LivePage }) => LivePage)),
  page('/overview', 'overview', () =>
    import('../pages/overview/OverviewPage.tsx').then(({ OverviewPage }) => OverviewPage),
  ),
  page('/content', 'content', () =>
    import('../pages/content/ContentPage.tsx').then(({ ContentPage }) => ContentPage),
  ),
  page(
    '/content/:id',
    'content',
    () => import('../pages/content/ContentDetailPage.tsx').then(({ ContentDetailPage }) => ContentDetailPage),
    false,
  ),
  page('/ads', 'ads', () => import('../pages/ads/AdsPage.tsx').then(({ AdsPage }) => AdsPage)),
  page('/chapters', 'chapters', () =>
    import('../pages/chapters/ChaptersPage.tsx').then(({ ChaptersPage }) => ChaptersPage),
  ),
  page('/quality', 'quality', () =>
    import('../pages/quality/QualityPage.tsx').then(({ QualityPage }) => QualityPage),
  ),
  page('/states', 'states', () =>
    import('../pages/states/StatesPage.tsx').then(({ StatesPage }) => StatesPage),
  ),
  page('/sessions', 'sessions', () =>
    import('../pages/sessions/SessionsPage.tsx').then(({ SessionsPage }) => SessionsPage),
  ),
  page(
    '/sessions/:sid',
    'sessions',
    () => import('../pages/session/SessionPage.tsx').then(({ SessionPage }) => SessionPage),
    false,
  ),
  page('/health', 'health', () =>
    import('../pages/health/HealthPage.tsx').then(({ HealthPage }) => HealthPage),
  ),
  page('/try', 'tryIt', () => import('../pages/try/TryPage.tsx').then(({ TryPage }) => TryPage)),
]

function page(path: string, title: PageTitle, load: () => Promise<ComponentType>, isInMenu = true): Page {
  return { path, title, Component: lazy(async () => ({ default: await load() })), isInMenu }
}
