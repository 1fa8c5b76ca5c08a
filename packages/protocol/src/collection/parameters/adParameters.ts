import { Type } from 'typebox'

const podFriendlyName = Type.Optional(
  Type.String({ description: 'Title of the ad break. On `adStart` it repeats the name of the open break.' }),
)

/**
 * `params` of `adBreakStart`.
 *
 * @see Adobe Analytics documentation, Media Collection API, request parameters (`mc-api-req-params`)
 */
export const adBreakParameters = {
  'media.ad.podFriendlyName': podFriendlyName,
  'media.ad.podIndex': Type.Integer({
    description:
      'Number of the break within the content. Counted from 0 or 1; some players send -1 for a post-roll.',
  }),
  'media.ad.podSecond': Type.Number({ unit: 's', description: 'Where in the content the break lies.' }),
}

/**
 * `params` of `adStart`.
 *
 * @see Adobe Analytics documentation, Media Collection API, request parameters (`mc-api-req-params`)
 */
export const adParameters = {
  'media.ad.id': Type.String({ description: 'Id of the ad; reported as its name.' }),
  'media.ad.length': Type.Number({ unit: 's', description: 'Length of the ad; -1 occurs for unknown.' }),
  'media.ad.podPosition': Type.Integer({
    description: 'Position of the ad within its break. Counted from 1, by some players from 0.',
  }),
  'media.ad.playerName': Type.String({ description: 'Player that shows the ad.' }),
  'media.ad.name': Type.Optional(Type.String({ description: 'Title of the ad for people.' })),
  'media.ad.advertiser': Type.Optional(Type.String({ description: 'Brand that the ad is for.' })),
  'media.ad.campaignId': Type.Optional(Type.String({ description: 'Id of the campaign.' })),
  'media.ad.creativeId': Type.Optional(Type.String({ description: 'Id of the creative.' })),
  'media.ad.siteId': Type.Optional(Type.String({ description: 'Id of the ad site.' })),
  'media.ad.creativeURL': Type.Optional(Type.String({ description: 'Address of the creative.' })),
  'media.ad.placementId': Type.Optional(Type.String({ description: 'Id of the placement.' })),
  'media.ad.podFriendlyName': podFriendlyName,
}
