import { type Problem, ProblemCode, type JsonPath, toPointer, toText } from '@playhead/protocol'
import { scanBody } from './scanBody.ts'

/**
 * The first key that its object has twice. Parsing keeps one value of the two, so there is one when the body was
 * written with more keys (`keys`, see `scanBody`) than its value has; only then it is looked for.
 */
export function repeatedKey(body: Buffer, value: unknown, keys: number): Problem | undefined {
  if (keysIn(value) === keys) return undefined
  const path = findRepeated(body.toString('utf8'))
  if (path === undefined) throw new Error('a key went missing without being repeated')
  return {
    code: ProblemCode.keyRepeated,
    pointer: toPointer(path),
    message: `${toText(path)} is there twice; only one of its values would count`,
  }
}

/** The same of a body that was accepted already. */
export function acceptedRepeatedKey(body: Buffer, value: unknown): Problem | undefined {
  const scan = scanBody(body)
  return scan.ok ? repeatedKey(body, value, scan.keys) : undefined
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const members: unknown[] = Object.values(value)
  let keys = Array.isArray(value) ? 0 : members.length
  for (const member of members) keys += keysIn(member)
  return keys
}

/** An object or array that is open, and where in it we are. */
interface Level {
  readonly known: Set<string> | undefined
  step: number | string
}

/** Walk through valid JSON by its texts and punctuation. */
function findRepeated(json: string): JsonPath | undefined {
  const levels: Level[] = []
  let text = ''
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/gsu)) {
    const level = levels.at(-1)
    if (token === '{') levels.push({ known: new Set(), step: '' })
    else if (token === '[') levels.push({ known: undefined, step: 0 })
    else if (token === '}' || token === ']') levels.pop()
    else if (token === ',' && typeof level?.step === 'number') level.step += 1
    else if (token === ':' && level?.known !== undefined) {
      level.step = String(JSON.parse(text))
      if (level.known.has(level.step)) return levels.map(({ step }) => step)
      level.known.add(level.step)
    } else text = token
  }
  return undefined
}
