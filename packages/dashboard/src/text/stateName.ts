import type { Texts } from './texts.ts'

/** What a player state is called; one that media SDKs do not know by name, as it was sent: even `constructor`. */
export function stateName({ stateNames }: Texts, name: string): string {
  return Object.hasOwn(stateNames, name) ? (stateNames[name] ?? name) : name
}
