import { parseArgs } from 'node:util'
import { StartError } from '../startError.ts'

/** By the name of an option: text, or a switch. */
type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>
type Values<Known extends Options> = {
  readonly [Name in keyof Known]?: (Known[Name]['type'] extends 'string' ? string : boolean) | undefined
}

/** The options of a command, strictly. Throws a `StartError` that says in one line what is wrong with them. */
export function readOptions<const Known extends Options>(
  command: string,
  args: readonly string[],
  options: Known,
): Values<Known> {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Node goes on to explain how such a thing could be written all the same.
    const [sentence = ''] = error.message.split(/[.\n]/)
    throw new StartError(`${command}: ${sentence}; see playhead help`, error)
  }
}
