import { columnOf, type ValueDefinition } from '@playhead/protocol'
import type { Row } from '../projection/rows/row.ts'

/** A result under its two sets of names, as Adobe's back end reports it. */
export interface Faces {
  /** Analytics context data: flat, `a.media.timePlayed`. */
  readonly contextData: Record<string, unknown>
  /** XDM below `mediaReporting`: nested, `sessionDetails.timePlayed`. */
  readonly mediaReporting: Record<string, unknown>
}

/** Show the values of a row that have a value, under every name the catalogue gives them. */
export function renderValues(definitions: readonly ValueDefinition[], row: Row): Faces {
  const faces: Faces = { contextData: {}, mediaReporting: {} }
  for (const definition of definitions) {
    const value = shown(definition, row[columnOf(definition)])
    if (value === undefined) continue
    if (definition.contextData !== undefined) faces.contextData[definition.contextData] = value
    if (definition.xdm !== undefined) putAt(faces.mediaReporting, definition.xdm, value)
  }
  return faces
}

/** Put a value at a dotted path; the objects on the way are made. */
export function putAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const [leaf = '', ...branches] = path.split('.').toReversed()
  let branch = target
  for (const name of branches.toReversed()) {
    branch[name] ??= {}
    branch = branch[name] as Record<string, unknown>
  }
  branch[leaf] = value
}

/** Whole seconds, rounded half up: the one place where a duration loses its milliseconds. */
export function toSeconds(durationMs: number): number {
  return Math.floor(durationMs / 1000 + 0.5)
}

/** The value as reports show it: flags are true or absent, lists absent when empty. */
function shown({ kind }: ValueDefinition, value: unknown): unknown {
  if (value === undefined || value === null) return undefined
  switch (kind) {
    case 'flag':
      return value === true ? true : undefined
    case 'duration':
      return toSeconds(Number(value))
    case 'list':
      return Array.isArray(value) && value.length > 0 ? value : undefined
    case 'count':
    case 'number':
    case 'text':
      return value
  }
}
