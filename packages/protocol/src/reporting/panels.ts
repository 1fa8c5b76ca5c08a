/** Reports that are more than metrics by dimensions; `adobeIds` are what Adobe's reporting API calls their parts. */
export const panels = [
  {
    id: 'concurrent',
    title: 'Concurrent viewers',
    unit: 'count',
    adobeIds: ['metrics/concurrent_viewers_visitors', 'variables/daterangeminute'],
    rule: 'Different visitors, or sessions, with an active session in each minute or second: from the arrival of its first event to that of its last, pauses included.',
    path: '/reporting/v1/panels/concurrent',
  },
  {
    id: 'timeSpent',
    title: 'Playback time spent',
    unit: 'seconds',
    adobeIds: ['metrics/playback_time_spent_seconds', 'metrics/playback_time_spent_minutes'],
    rule: 'How much of the time from the arrival of the first event to that of the last one of the sessions lies in each interval: pauses, buffering and time to start included.',
    path: '/reporting/v1/panels/time-spent',
  },
  {
    id: 'averageMinuteAudience',
    title: 'Average minute audience',
    unit: 'number',
    adobeIds: [],
    rule: 'Time played in each interval by its minutes, or of each content by its length.',
    path: '/reporting/v1/panels/average-minute-audience',
  },
  {
    id: 'retention',
    title: 'Retention',
    unit: 'ratio',
    adobeIds: [],
    rule: 'Of those who started a content, the share that watched each of its moments at least once.',
    path: '/reporting/v1/panels/retention',
  },
  {
    id: 'startsByTimeOfDay',
    title: 'Starts by time of day',
    unit: 'count',
    adobeIds: [],
    rule: 'Media starts and content starts by the time of the day at which the sessions began.',
    path: '/reporting/v1/panels/starts-by-time-of-day',
  },
] as const
