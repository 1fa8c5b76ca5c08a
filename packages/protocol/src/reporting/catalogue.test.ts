import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'

/** Written by hand, from what Adobe documents: an entry that gets lost, or another name, is noticed here. */
const metrics = `
  Media starts, Content starts, Content completes, Content time spent, Media time spent, Unique time played,
  10% progress marker, 25% progress marker, 50% progress marker, 75% progress marker, 95% progress marker,
  Average minute audience, Estimated streams, Content resumes, Content segment views, Pause events,
  Paused impacted streams, Total pause duration, Ad count, Chapter count, Authorized, Seconds since last call,
  Media downloaded, Drops before start,
  Ad starts, Ad completes, Ad time spent, Chapter starts, Chapter completes, Chapter time spent,
  Average bitrate, Bitrate changes, Bitrate change impacted streams, Buffer events, Total buffer duration,
  Buffer impacted streams, Dropped frames, Dropped frame impacted streams, Error events, Error impacted streams,
  Time to start, Frames per second, Stall events, Stall impacted streams, Total stalling duration,
  Streams impacted by full screen, Full screen counts, Full screen total duration,
  Streams impacted by closed captioning, Closed captioning counts, Closed captioning total duration,
  Streams impacted by mute, Mute counts, Mute total duration,
  Streams impacted by picture in picture, Picture in picture counts, Picture in picture total duration,
  Streams impacted by in focus, In focus counts, In focus total duration`

const calculatedMetrics = `
  Avg. ads per media stream, Avg. chapters per media stream, Avg. media time spent, Avg. content time spent,
  Avg. ad time spent, Avg. chapter time spent, Media completion rate, Content completion rate, Ad completion rate,
  Chapter completion rate, Drop before start rate, Content pause duration rate, Content buffer duration rate,
  Content time-to-start rate, Ad time spent rate, Pre-roll drop rate`

const dimensions = `
  Content, Content name, Content length (s), Content type, Stream type, Content player name, Content channel,
  App version, Media library version, Content segment, Media session ID, Media path, Media downloaded, Show, Season,
  Episode, Genre, Genres, Asset ID, First air date, First digital date, Content rating, Originator, Network, Show type,
  Ad loads, MVPD, Day part, Media feed type, Stream format, Artist, Album, Label, Author, Station, Publisher,
  Ad, Ad name, Ad length (s), Ad player name, Ad in pod position, Ad pod, Pod name, Pod position (s), Advertiser,
  Campaign ID, Creative ID, Site ID, Creative URL, Placement ID,
  Chapter, Chapter name, Chapter position, Chapter offset (s), Chapter length (s),
  Average bitrate (bucket), Bitrate changes, Buffer events, Total buffer duration, Dropped frames, Error events,
  Time to start, Player SDK error IDs, External error IDs`

const segments = `
  Media stream type: all, Media stream type: audio, Media stream type: video, Content type: VoD, Content type: Live,
  Content type: Linear, Content type: Podcast, Content type: Audiobook, Content type: AoD`

const panels = `Concurrent viewers, Playback time spent, Average minute audience`

/** Context data variables, without those of the dimensions that only classify another one. */
const contextData = `
  a.media.view, a.media.play, a.media.complete, a.media.timePlayed, a.media.totalTimePlayed, a.media.uniqueTimePlayed,
  a.media.progress10, a.media.progress25, a.media.progress50, a.media.progress75, a.media.progress95,
  a.media.averageMinuteAudience, a.media.estimatedStreams, a.media.resume, a.media.segmentView, a.media.pauseCount,
  a.media.pause, a.media.pauseTime, a.media.adCount, a.media.chapterCount, a.media.pass.auth,
  a.media.secondsSinceLastCall, a.media.downloaded, a.media.qoe.dropBeforeStart,
  a.media.ad.view, a.media.ad.complete, a.media.ad.timePlayed,
  a.media.chapter.view, a.media.chapter.complete, a.media.chapter.timePlayed,
  a.media.qoe.bitrateAverage, a.media.qoe.bitrateAverageBucket, a.media.qoe.bitrateChangeCount,
  a.media.qoe.bitrateChange, a.media.qoe.bufferCount, a.media.qoe.bufferTime, a.media.qoe.buffer,
  a.media.qoe.droppedFrameCount, a.media.qoe.droppedFrames, a.media.qoe.errorCount, a.media.qoe.error,
  a.media.qoe.playerSdkErrors, a.media.qoe.externalErrors, a.media.qoe.timeToStart,
  a.media.qoe.stallCount, a.media.qoe.stall, a.media.qoe.stallTime,
  a.media.states.fullscreen.set, a.media.states.closedcaptioning.count, a.media.states.mute.time,
  a.media.states.pictureinpicture.set, a.media.states.infocus.count,
  a.media.name, a.media.friendlyName, a.media.length, a.contentType, a.media.streamType, a.media.playerName,
  a.media.channel, media.sdkVersion, a.media.vhlVersion, a.media.segment, a.media.vsid, a.media.path, a.media.show,
  a.media.season, a.media.episode, a.media.genre, a.media.asset, a.media.airDate, a.media.digitalDate, a.media.rating,
  a.media.originator, a.media.network, a.media.type, a.media.adLoad, a.media.pass.mvpd, a.media.dayPart, a.media.feed,
  a.media.format, a.media.artist, a.media.album, a.media.label, a.media.author, a.media.station, a.media.publisher,
  a.media.ad.name, a.media.ad.friendlyName, a.media.ad.length, a.media.ad.playerName, a.media.ad.podPosition,
  a.media.ad.pod, a.media.ad.podFriendlyName, a.media.ad.podSecond, a.media.ad.advertiser, a.media.ad.campaign,
  a.media.ad.creative, a.media.ad.site, a.media.ad.creativeURL, a.media.ad.placement,
  a.media.chapter.name, a.media.chapter.friendlyName, a.media.chapter.position, a.media.chapter.offset,
  a.media.chapter.length`

const seconds = `
  contentTimeSpent, mediaTimeSpent, uniqueTimePlayed, totalPauseDuration, sinceLastCall, adTimeSpent, chapterTimeSpent,
  totalBufferDuration, timeToStart, totalStallDuration, states.mute.time, contentLength, adLength, podOffset,
  chapterOffset, chapterLength, totalBufferDurationValue, timeToStartValue, averageTimeToStart, timeSpent`

const namesIn = (list: string): string[] => list.trim().split(/,\s+/)

test.each([
  ['metrics', metrics],
  ['calculatedMetrics', calculatedMetrics],
  ['dimensions', dimensions],
  ['segments', segments],
  ['panels', panels],
] as const)('each of the %s that are documented is there', (kind, list) => {
  const titles = new Set<string>(catalogue[kind].map(({ title }) => title))
  expect(namesIn(list).filter((name) => !titles.has(name))).toEqual([])
})

const named = [...catalogue.metrics, ...catalogue.dimensions]

test('each is known by its names in Analytics', () => {
  const there = new Set(named.map((entry) => entry.contextData))
  expect(namesIn(contextData).filter((name) => !there.has(name))).toEqual([])
  // One of each table, and the one that is misspelt.
  const columns = new Set(named.map(({ dataFeed }) => dataFeed))
  const some = `videotime, videoadtime, videochaptertime, videoqoeextneralerrors, videoqoebuffertimeevar,
    videostatemute, videostatefullscreencount, videostateinfocustime, video, videoad, videochapter, videoaudioartist`
  expect(namesIn(some).filter((name) => !columns.has(name))).toEqual([])
  expect(catalogue.panels.flatMap(({ adobeIds }) => adobeIds)).toEqual([
    'metrics/concurrent_viewers_visitors',
    'variables/daterangeminute',
    'metrics/playback_time_spent_seconds',
    'metrics/playback_time_spent_minutes',
  ])
})

test('whatever is in seconds says so', () => {
  const entries = [...named, ...catalogue.calculatedMetrics, ...catalogue.panels]
  const unitOf = (asked: string) => entries.find(({ id }) => id === asked)?.unit
  expect(namesIn(seconds).filter((id) => unitOf(id) !== 'seconds')).toEqual([])
})

test('no id is there twice', () => {
  for (const entries of Object.values(catalogue)) {
    const ids = entries.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  }
})
