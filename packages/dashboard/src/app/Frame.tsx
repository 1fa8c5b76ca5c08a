import { useIsFetching } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useText } from '../i18n/useText.tsx'
import { useSameView } from '../query/useView.ts'
import { pages } from './pages.ts'
import { Settings } from './Settings.tsx'

/** The menu, and what is set for all pages. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { text } = useText()
  // Names from the catalogue, say, or a panel that is shown only when there is something in it.
  const firstAnswersMissing = useIsFetching({ predicate: ({ state }) => state.data === undefined })
  return (
    <>
      <a className="skip" href="#content">
        {text.skipToContent}
      </a>
      <header className="frame">
        <span className="brand">Playhead</span>
        <Menu />
        <Settings />
      </header>
      <main id="content" tabIndex={-1} aria-busy={firstAnswersMissing > 0}>
        {children}
      </main>
    </>
  )
}

/** The pages; where there is no room for them in a line, behind a button. */
function Menu() {
  const { text } = useText()
  const [location] = useLocation()
  const sameView = useSameView()
  // Where it was opened: it is closed again on the page that it led to.
  const [openedAt, setOpenedAt] = useState<string>()
  const isOpen = openedAt === location
  const isHere = (path: string): boolean =>
    location === path ||
    (location.startsWith(`${path}/`) && pages.some((page) => page.path.startsWith(`${path}/:`)))
  return (
    <>
      <button
        type="button"
        className="menu-button"
        aria-expanded={isOpen}
        aria-controls="menu"
        onClick={() => setOpenedAt(isOpen ? undefined : location)}
      >
        <span aria-hidden="true">☰</span> {text.pages}
      </button>
      <nav id="menu" className={isOpen ? 'is-open' : undefined} aria-label={text.pages}>
        {pages
          .filter(({ isInMenu }) => isInMenu)
          .map(({ path, title }) => (
            <Link key={path} href={sameView(path)} aria-current={isHere(path) ? 'page' : undefined}>
              {text[title]}
            </Link>
          ))}
      </nav>
    </>
  )
}
