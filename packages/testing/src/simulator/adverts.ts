/** An ad that may be attributed into a break. */
export interface Advert {
  readonly id: string
  readonly name: string
  readonly advertiser: string
  readonly campaign: string
  readonly lengthMs: number
  /** The viewer may leave it after five seconds. */
  readonly isSkippable: boolean
  readonly weight: number
}

export const adverts: readonly Advert[] = [
  advert('Bright Kettle', 'Kettle & Sons', 15_000, true, 5),
  advert('Bright Kettle, short', 'Kettle & Sons', 6_000, false, 4),
  advert('Meridian electric', 'Meridian Cars', 30_000, true, 3),
  advert('Test drive weekend', 'Meridian Cars', 20_500, false, 3),
  advert('Oat and about', 'Oatley Farms', 10_000, false, 4),
  advert('Fly for less', 'Norrland Air', 25_000, true, 2),
  advert('Low Tide, season two', 'P1', 12_345, false, 3),
]

function advert(
  name: string,
  advertiser: string,
  lengthMs: number,
  isSkippable: boolean,
  weight: number,
): Advert {
  const id = `ad-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
  return { id, name, advertiser, campaign: `${advertiser} 2025`, lengthMs, isSkippable, weight }
}
