import type { CatalogueText } from './catalogueText.ts'
import type { WarningTexts } from './codeText.ts'
import { en } from './en/texts.ts'

/** Everything the interface says, in one language. English is the source of the keys. */
export type Texts = {
  readonly [Key in keyof typeof en]: Key extends 'catalogue'
    ? CatalogueText | undefined
    : Key extends 'warnings'
      ? WarningTexts | undefined
      : (typeof en)[Key] extends string
        ? string
        : (typeof en)[Key]
}

/** The languages there are, by their BCP 47 names, each named in itself. */
export const languages = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  'pt-BR': 'Português (Brasil)',
  ja: '日本語',
  'zh-Hans': '简体中文',
} as const

export type Language = keyof typeof languages

/** Each language is a file of its own, fetched when it is chosen. */
export async function loadTexts(language: Language): Promise<Texts> {
  switch (language) {
    case 'en':
      return en
    case 'fr':
      return (await import('./fr/texts.ts')).fr
    case 'es':
      return (await import('./es/texts.ts')).es
    case 'pt-BR':
      return (await import('./pt-BR/texts.ts')).ptBR
    case 'ja':
      return (await import('./ja/texts.ts')).ja
    case 'zh-Hans':
      return (await import('./zh-Hans/texts.ts')).zhHans
  }
}

/** The first of the wanted languages (BCP 47) that there is; English otherwise. */
export function bestLanguage(wanted: readonly string[]): Language {
  const known = Object.keys(languages) as Language[]
  for (const tag of wanted) {
    const { language, script, region } = new Intl.Locale(tag).maximize()
    const best = known.find((name) => {
      const own = new Intl.Locale(name).maximize()
      return (
        own.language === language && own.script === script && (own.language !== 'pt' || own.region === region)
      )
    })
    if (best !== undefined) return best
  }
  return 'en'
}

/**
 * How numbers and dates are written in a language: as where the reader is, which the first of the wanted languages tells.
 * English is read in Berlin too, and there the day comes before the month.
 */
export function localeOf(language: Language, wanted: readonly string[]): string {
  const [first = language] = wanted
  const { region } = new Intl.Locale(first).maximize()
  return new Intl.Locale(language, region === undefined ? {} : { region }).toString()
}
