import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { en } from './en/texts.ts'
import { type Formats, formatsOf } from './formats.ts'
import { bestLanguage, type Language, languages, loadTexts, localeOf, type Texts } from './texts.ts'

export interface Spoken {
  readonly language: Language
  readonly text: Texts
  readonly format: Formats
  readonly speak: (language: Language) => void
}

const SpokenContext = createContext<Spoken | undefined>(undefined)
/** Where the chosen language is kept; the browser's own one is taken until there is a choice. */
const storageKey = 'playhead.language'

export function TextProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(chosenLanguage)
  const [text, setText] = useState<Texts>(en)
  useEffect(() => {
    let isWanted = true
    const show = (loaded: Texts): void => {
      if (!isWanted) return
      document.documentElement.lang = language
      setText(loaded)
    }
    loadTexts(language).then(
      show,
      // English stays: better than nothing at all.
      (error: unknown) => console.warn('a language could not be loaded', error),
    )
    return () => {
      isWanted = false
    }
  }, [language])
  const spoken = useMemo(() => {
    const speak = (next: Language): void => {
      localStorage.setItem(storageKey, next)
      setLanguage(next)
    }
    return { language, text, format: formatsOf(localeOf(language, navigator.languages), text), speak }
  }, [language, text])
  return <SpokenContext value={spoken}>{children}</SpokenContext>
}

/** What to say, and how to write numbers and times. */
export function useText(): Spoken {
  const spoken = useContext(SpokenContext)
  if (spoken === undefined) throw new Error('there is no TextProvider')
  return spoken
}

function chosenLanguage(): Language {
  const kept = localStorage.getItem(storageKey)
  return kept !== null && kept in languages ? (kept as Language) : bestLanguage(navigator.languages)
}
