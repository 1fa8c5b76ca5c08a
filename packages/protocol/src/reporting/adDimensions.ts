import type { DimensionDefinition } from './definition.ts'

/** What `adBreakStart` says about the break; every ad of the break reports it. */
export const adBreakDimensions: readonly DimensionDefinition[] = [
  {
    id: 'podName',
    title: 'Pod name',
    kind: 'text',
    param: 'media.ad.podFriendlyName',
    contextData: 'a.media.ad.podFriendlyName',
    xdm: 'advertisingPodDetails.friendlyName',
  },
  {
    id: 'podOffset',
    title: 'Pod position (s)',
    kind: 'number',
    unit: 'seconds',
    param: 'media.ad.podSecond',
    contextData: 'a.media.ad.podSecond',
    xdm: 'advertisingPodDetails.offset',
  },
]

/** What `adStart` says about the ad. */
export const adDimensions: readonly DimensionDefinition[] = [
  ad('adId', 'Ad', 'media.ad.id', 'a.media.ad.name', 'name'),
  ad('adName', 'Ad name', 'media.ad.name', 'a.media.ad.friendlyName', 'friendlyName'),
  {
    ...ad('adLength', 'Ad length (s)', 'media.ad.length', 'a.media.ad.length', 'length'),
    kind: 'number',
    unit: 'seconds',
  },
  ad('adPlayerName', 'Ad player name', 'media.ad.playerName', 'a.media.ad.playerName', 'playerName'),
  {
    ...ad(
      'podPosition',
      'Ad in pod position',
      'media.ad.podPosition',
      'a.media.ad.podPosition',
      'podPosition',
    ),
    kind: 'number',
  },
  ad('advertiser', 'Advertiser', 'media.ad.advertiser', 'a.media.ad.advertiser', 'advertiser'),
  ad('campaignId', 'Campaign ID', 'media.ad.campaignId', 'a.media.ad.campaign', 'campaignID'),
  ad('creativeId', 'Creative ID', 'media.ad.creativeId', 'a.media.ad.creative', 'creativeID'),
  ad('siteId', 'Site ID', 'media.ad.siteId', 'a.media.ad.site', 'siteID'),
  ad('creativeUrl', 'Creative URL', 'media.ad.creativeURL', 'a.media.ad.creativeURL', 'creativeURL'),
  ad('placementId', 'Placement ID', 'media.ad.placementId', 'a.media.ad.placement', 'placementID'),
]

function ad(
  id: string,
  title: string,
  param: string,
  contextData: string,
  leaf: string,
): DimensionDefinition {
  return { id, title, kind: 'text', param, contextData, xdm: `advertisingDetails.${leaf}` }
}
