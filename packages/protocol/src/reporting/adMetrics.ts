import type { MetricDefinition } from './definition.ts'

/** What is computed for each ad; `adStarts` is reported when it starts, the others when it closes. */
export const adMetrics = [
  {
    id: 'adStarts',
    title: 'Ad starts',
    kind: 'flag',
    contextData: 'a.media.ad.view',
    xdm: 'advertisingDetails.isStarted',
    rule: '`adStart` inside an ad break.',
  },
  {
    id: 'adCompletes',
    title: 'Ad completes',
    kind: 'flag',
    contextData: 'a.media.ad.complete',
    xdm: 'advertisingDetails.isCompleted',
    rule: '`adComplete` ended it; not `adSkip`, another ad, the end of the break or of the session.',
  },
  {
    id: 'adTimeSpent',
    title: 'Ad time spent',
    kind: 'duration',
    contextData: 'a.media.ad.timePlayed',
    xdm: 'advertisingDetails.timePlayed',
    rule: 'Time with the ad playing; pauses and buffering in it are left out.',
  },
  {
    id: 'podId',
    title: 'Ad pod',
    kind: 'text',
    contextData: 'a.media.ad.pod',
    xdm: 'advertisingPodDetails.ID',
    rule: 'MD5 of the content id, an underscore, and the index of the break: the same break in every session.',
  },
] as const satisfies readonly MetricDefinition[]
