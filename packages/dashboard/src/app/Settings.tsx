import { languages, type Language } from '../i18n/texts.ts'
import { useText } from '../i18n/useText.tsx'
import { SignOut } from './SignedIn.tsx'
import { type Theme, themes, useTheme } from './theme.ts'

/** Language, colours, and who is signed in: set once, so they are out of the way. */
export function Settings() {
  const { text, language, speak } = useText()
  const [theme, setTheme] = useTheme()
  const names: Readonly<Record<Theme, string>> = {
    system: text.themeSystem,
    light: text.themeLight,
    dark: text.themeDark,
  }
  return (
    <>
      <button type="button" className="settings-button" aria-label={text.settings} popoverTarget="settings">
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M2 5h8m5 0h3M2 10h2m5 0h9M2 15h9m5 0h2" />
          <circle cx="12.5" cy="5" r="2" />
          <circle cx="6.5" cy="10" r="2" />
          <circle cx="13.5" cy="15" r="2" />
        </svg>
      </button>
      <div id="settings" popover="auto" className="settings" role="group" aria-label={text.settings}>
        <label>
          {text.language}
          <select value={language} onChange={(event) => speak(event.target.value as Language)}>
            {Object.entries(languages).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {text.theme}
          <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
            {themes.map((name) => (
              <option key={name} value={name}>
                {names[name]}
              </option>
            ))}
          </select>
        </label>
        <SignOut />
      </div>
    </>
  )
}
