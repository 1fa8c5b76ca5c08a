import { type BreakPlan, type Chapter, type Content, dayMs } from './content.ts'

const minuteMs = 60_000
const preRoll: BreakPlan = { index: 0, name: 'pre-roll', positionMs: 0, adsMax: 2 }

/** What the service of the simulation offers; the earlier in its list, the more it is asked for. */
export const catalogue: readonly Content[] = [
  ...films(),
  ...series(),
  ...news(),
  ...liveChannels(),
  ...podcasts(),
  ...audiobooks(),
].map((content, rank) => ({ ...content, weight: content.weight / Math.sqrt(rank + 1) }))

function films(): Content[] {
  const titles: readonly (readonly [name: string, minutes: number, genre: string, year: number])[] = [
    ['The Tin Harbour', 112, 'Drama,Thriller', 2023],
    ['Nine Lanterns', 97, 'Comedy', 2024],
    ['A Map of Rain', 128, 'Drama', 2021],
    ['Orbit of Moths', 104, 'Science Fiction', 2025],
    ['Grandmother Steals a Train', 91, 'Comedy,Family', 2022],
    ['Salt and Signal', 83, 'Documentary', 2020],
  ]
  return titles.map(([name, minutes, genre, year]) => ({
    ...recorded(`film-${slug(name)}`, name, minutes * minuteMs),
    channel: 'films',
    chapters: chaptersOf(minutes * minuteMs, ['Opening', 'First act', 'Second act', 'Third act', 'Credits']),
    breaks: breaksOf(minutes * minuteMs, [0.28, 0.62], false),
    metadata: about({ genre, showType: '0', originator: 'Playhead Pictures', firstAirDate: `${year}-03-01` }),
    weight: 5,
  }))
}

function series(): Content[] {
  const shows: readonly (readonly [show: string, seasons: number, episodes: number, minutes: number])[] = [
    ['Low Tide', 2, 6, 44],
    ['Kitchen Parliament', 1, 8, 24],
    ['The Archivists', 3, 4, 52],
  ]
  return shows.flatMap(([show, seasons, episodes, minutes]) =>
    Array.from({ length: seasons * episodes }, (_, nth) => {
      const [season, episode] = [Math.floor(nth / episodes) + 1, (nth % episodes) + 1]
      // Episodes are not all of one length; odd milliseconds find what whole seconds hide.
      const lengthMs = minutes * minuteMs + ((nth * 37_411) % 95_003)
      return {
        ...recorded(`${slug(show)}-s${season}e${episode}`, `${show} ${season}.${episode}`, lengthMs),
        channel: 'series',
        chapters: chaptersOf(lengthMs, ['Recap', 'Part one', 'Part two', 'Credits']),
        breaks: breaksOf(lengthMs, [0.35, 0.7], true),
        metadata: about({
          show,
          season: String(season),
          episode: String(episode),
          genre: 'Drama',
          network: 'P1',
        }),
        weight: 3,
      }
    }),
  )
}

function news(): Content[] {
  return ['Morning briefing', 'Noon in five', 'Weather', 'Markets closed', 'Sports desk'].map(
    (name, nth) => ({
      ...recorded(`news-${slug(name)}`, name, (2 + nth * 1.3) * minuteMs),
      channel: 'news',
      breaks: breaksOf(minuteMs, [], false),
      metadata: about({ genre: 'News', showType: '2', dayPart: nth === 0 ? 'morning' : 'day' }),
      weight: 9,
    }),
  )
}

function liveChannels(): Content[] {
  return ['P1', 'P1 Sport', 'P1 Music'].map((name) => ({
    ...recorded(`live-${slug(name)}`, name, dayMs),
    contentType: 'live',
    channel: 'live',
    breaks: [preRoll],
    metadata: about({ network: name, feed: 'HD', 'pass.auth': 'TRUE', 'pass.mvpd': 'Example Cable' }),
    weight: 14,
  }))
}

function podcasts(): Content[] {
  return ['Byte by Byte', 'Slow Radio'].flatMap((show) =>
    Array.from({ length: 8 }, (_, nth) => ({
      ...recorded(`pod-${slug(show)}-${nth + 1}`, `${show} #${nth + 1}`, (18 + nth * 4.5) * minuteMs),
      contentType: 'podcast' as const,
      streamType: 'audio' as const,
      channel: 'audio',
      breaks: breaksOf((18 + nth * 4.5) * minuteMs, [0.5], false),
      metadata: about({ show, episode: String(nth + 1), author: 'The P1 audio desk', publisher: 'P1' }),
      weight: 4,
    })),
  )
}

function audiobooks(): Content[] {
  const lengthMs = 372 * minuteMs
  const names = Array.from({ length: 14 }, (_, nth) => `Chapter ${nth + 1}`)
  return [
    {
      ...recorded('book-the-lamplighter', 'The Lamplighter', lengthMs),
      contentType: 'audiobook',
      streamType: 'audio',
      channel: 'audio',
      chapters: chaptersOf(lengthMs, names),
      metadata: about({ author: 'E. Marsh', publisher: 'Quay House', label: 'Quay Audio' }),
      weight: 8,
    },
  ]
}

function recorded(id: string, name: string, lengthMs: number) {
  return {
    id,
    name,
    lengthMs: Math.round(lengthMs),
    contentType: 'vod',
    streamType: 'video',
    chapters: [],
    breaks: [],
  } as const
}

/** A pre-roll, mid-rolls at these shares of the length, and a post-roll if there is one. */
function breaksOf(lengthMs: number, shares: readonly number[], hasPostRoll: boolean): BreakPlan[] {
  const midRolls = shares.map((share, nth) => ({
    index: nth + 1,
    name: `mid-roll ${nth + 1}`,
    positionMs: Math.round(lengthMs * share),
    adsMax: 3,
  }))
  const postRoll = {
    index: shares.length + 1,
    name: 'post-roll',
    positionMs: Math.round(lengthMs),
    adsMax: 1,
  }
  return [preRoll, ...midRolls, ...(hasPostRoll ? [postRoll] : [])]
}

/** Chapters without gaps; the first and the last are short. */
function chaptersOf(lengthMs: number, names: readonly string[]): Chapter[] {
  const edge = 0.04
  const at = (nth: number): number => {
    if (nth === 0) return 0
    if (nth === names.length) return Math.round(lengthMs)
    return Math.round(lengthMs * (edge + ((nth - 1) / (names.length - 2)) * (1 - 2 * edge)))
  }
  return names.map((name, nth) => ({ index: nth + 1, name, fromMs: at(nth), toMs: at(nth + 1) }))
}

function about(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`media.${key}`, value]))
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
