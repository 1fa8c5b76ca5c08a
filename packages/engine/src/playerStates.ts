import type { StatesChange } from './mediaEvent.ts'

/** One player state (mute, full screen, ...) over the session (rule 5.6). */
export interface PlayerState {
  /** As first sent; states are told apart without regard to case. */
  readonly name: string
  readonly isOn: boolean
  readonly count: number
  readonly timeMs: number
}

/** Different states kept of one session, as the API documents; later names are left out. */
export const statesMax = 10

/** Book a step to every state that is on; states run through pauses, buffering and ads. */
export function attributeStates(states: readonly PlayerState[], stepMs: number): readonly PlayerState[] {
  if (stepMs === 0 || !states.some((state) => state.isOn)) return states
  // Named, not spread: this runs for every event.
  return states.map((state) => {
    const { name, isOn, count, timeMs } = state
    return isOn ? { name, isOn, count, timeMs: timeMs + stepMs } : state
  })
}

/** End states, then start others; ending one that is off and starting one that is on change nothing. */
export function changeStates(states: readonly PlayerState[], change: StatesChange): readonly PlayerState[] {
  return change.started.reduce(startState, change.ended.reduce(endState, states))
}

function endState(states: readonly PlayerState[], name: string): readonly PlayerState[] {
  return states.map((state) => (isNamed(state, name) ? { ...state, isOn: false } : state))
}

function startState(states: readonly PlayerState[], name: string): readonly PlayerState[] {
  if (!states.some((state) => isNamed(state, name))) {
    return states.length < statesMax ? [...states, { name, isOn: true, count: 1, timeMs: 0 }] : states
  }
  return states.map((state) =>
    isNamed(state, name) && !state.isOn ? { ...state, isOn: true, count: state.count + 1 } : state,
  )
}

/** Whether a state goes by a name. */
export function isNamed(state: PlayerState, name: string): boolean {
  return state.name.toLowerCase() === name.toLowerCase()
}
