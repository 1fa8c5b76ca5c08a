/** The states that media SDKs know by name, and what they are called; players may send others. */
const calledStates = {
  fullScreen: 'Full screen',
  closedCaptioning: 'Closed captioning',
  mute: 'Mute',
  pictureInPicture: 'Picture in picture',
  inFocus: 'In focus',
} as const

/** Their names, as they are written. */
export const knownStates: readonly string[] = Object.keys(calledStates)

/** What there is of each player state; any name that players send can be asked for in the same way. */
export const stateMetrics = Object.entries(calledStates).flatMap(([name, called]) => {
  const lower = name.toLowerCase()
  const names = (leaf: string, xdmLeaf: string, feed: string) => ({
    contextData: `a.media.states.${lower}.${leaf}`,
    xdm: `states[].${xdmLeaf}`,
    dataFeed: `videostate${lower}${feed}`,
  })
  return [
    {
      id: `states.${name}.set`,
      title: `Streams impacted by ${called.toLowerCase()}`,
      rule: 'The state was on at least once.',
      unit: 'count',
      ...names('set', 'isSet', ''),
    },
    {
      id: `states.${name}.count`,
      title: `${called} counts`,
      rule: 'Times the state was entered.',
      unit: 'count',
      ...names('count', 'count', 'count'),
    },
    {
      id: `states.${name}.time`,
      title: `${called} total duration`,
      rule: 'Time the state was on, through pauses, buffering and ads; one that is on at the end counts to the last event.',
      unit: 'seconds',
      ...names('time', 'time', 'time'),
    },
  ] as const
})
