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
  page('/overview', 'overview', () =>
    import('../reports/overview/OverviewPage.tsx').then(({ OverviewPage }) => OverviewPage),
  ),
  page('/content', 'content', () =>
    import('../reports/content/ContentPage.tsx').then(({ ContentPage }) => ContentPage),
  ),
  page(
    '/content/:id',
    'content',
    () =>
      import('../reports/content/ContentDetailPage.tsx').then(({ ContentDetailPage }) => ContentDetailPage),
    false,
  ),
  page('/ads', 'ads', () => import('../reports/ads/AdsPage.tsx').then(({ AdsPage }) => AdsPage)),
  page('/chapters', 'chapters', () =>
    import('../reports/chapters/ChaptersPage.tsx').then(({ ChaptersPage }) => ChaptersPage),
  ),
  page('/quality', 'quality', () =>
    import('../reports/quality/QualityPage.tsx').then(({ QualityPage }) => QualityPage),
  ),
  page('/states', 'states', () =>
    import('../reports/states/StatesPage.tsx').then(({ StatesPage }) => StatesPage),
  ),
  page('/sessions', 'sessions', () =>
    import('../reports/sessions/SessionsPage.tsx').then(({ SessionsPage }) => SessionsPage),
  ),
  page(
    '/sessions/:sid',
    'sessions',
    () => import('../reports/session/SessionPage.tsx').then(({ SessionPage }) => SessionPage),
    false,
  ),
  page('/health', 'health', () =>
    import('../reports/health/HealthPage.tsx').then(({ HealthPage }) => HealthPage),
  ),
  page('/try', 'tryIt', () => import('../reports/try/TryPage.tsx').then(({ TryPage }) => TryPage)),
]

function page(path: string, title: PageTitle, load: () => Promise<ComponentType>, isInMenu = true): Page {
  return { path, title, Component: lazy(async () => ({ default: await load() })), isInMenu }
}
