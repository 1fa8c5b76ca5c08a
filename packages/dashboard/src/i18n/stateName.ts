import type { Texts } from './texts.ts'

/**
 * What a player state is called, in whatever letter case it was sent: states are not told apart by that. One that media
 * SDKs do not know by name is called as it was sent: even `constructor`.
 */
export function stateName({ stateNames }: Texts, name: string): string {
  const lower = name.toLowerCase()
  return Object.entries(stateNames).find(([known]) => known.toLowerCase() === lower)?.[1] ?? name
}
