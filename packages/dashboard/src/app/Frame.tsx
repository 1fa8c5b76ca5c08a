import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { languages, type Language } from '../text/texts.ts'
import { useText } from '../text/useText.tsx'
import { useSameView } from '../view/useView.ts'
import { pages } from './pages.ts'
import { SignOut } from './SignedIn.tsx'
import { type Theme, themes, useTheme } from './theme.ts'

/** The menu, and what is set for all pages. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { text } = useText()
  return (
    <>
      <a className="skip" href="#content">
        {text.skipToContent}
      </a>
      <header className="frame">
        <span className="brand">Playhead</span>
        <Menu />
        <Choices />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}

function Menu() {
  const { text } = useText()
  const [location] = useLocation()
  const sameView = useSameView()
  const isHere = (path: string): boolean =>
    location === path || (path !== '/' && location.startsWith(`${path}/`))
  return (
    <nav aria-label={text.pages}>
      {pages
        .filter(({ isInMenu }) => isInMenu)
        .map(({ path, title }) => (
          <Link key={path} href={sameView(path)} aria-current={isHere(path) ? 'page' : undefined}>
            {text[title]}
          </Link>
        ))}
    </nav>
  )
}

function Choices() {
  const { text, language, speak } = useText()
  const [theme, setTheme] = useTheme()
  const names: Readonly<Record<Theme, string>> = {
    system: text.themeSystem,
    light: text.themeLight,
    dark: text.themeDark,
  }
  return (
    <span className="choices">
      <SignOut />
      <select
        aria-label={text.language}
        value={language}
        onChange={(event) => speak(event.target.value as Language)}
      >
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label={text.theme}
        value={theme}
        onChange={(event) => setTheme(event.target.value as Theme)}
      >
        {themes.map((name) => (
          <option key={name} value={name}>
            {names[name]}
          </option>
        ))}
      </select>
    </span>
  )
}
