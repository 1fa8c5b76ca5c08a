import { Type } from 'typebox'
import { ProblemCode } from '../ProblemCode.ts'

/** Allowed names of a player state: 1 to 64 letters, digits, underscores, dots. */
export const stateNamePattern = '^[a-zA-Z0-9_.]{1,64}$'

/**
 * `params` of `stateStart` and `stateEnd`, and members of the lists of `statesUpdate`.
 *
 * @see Adobe Analytics documentation, Media Collection API, request parameters (`mc-api-req-params`)
 */
export const stateParameters = {
  'media.state.name': Type.String({
    pattern: stateNamePattern,
    description:
      'Name of the player state. Standard: fullScreen, mute, closedCaptioning, pictureInPicture, inFocus; own names have up to 64 letters, digits, underscores and dots.',
    problems: { pattern: ProblemCode.stateNameInvalid },
  }),
}

const states = (description: string) =>
  Type.Optional(Type.Array(Type.Object(stateParameters), { description }))

/**
 * `params` of `statesUpdate`; at least one list has an element (`statesRule`).
 *
 * @see Adobe Analytics documentation, player states (`implementation/events/player-state/overview`)
 */
export const statesUpdateParameters = {
  statesEnd: states(
    'States that the player left: `[{"media.state.name": …}]`. Applied before `statesStart`.',
  ),
  statesStart: states('States that the player entered: `[{"media.state.name": …}]`.'),
}
