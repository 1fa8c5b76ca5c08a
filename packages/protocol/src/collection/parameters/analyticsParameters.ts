import { Type } from 'typebox'

/**
 * `params` of `sessionStart`: where results go in Adobe Analytics, and how.
 *
 * @see Adobe Analytics documentation, Media Collection API, request parameters (`mc-api-req-params`)
 */
export const analyticsParameters = {
  'analytics.trackingServer': Type.String({
    description: 'Host of the Analytics server that would receive the result calls.',
  }),
  'analytics.reportSuite': Type.String({
    description: 'Report suite id; several are separated by commas.',
  }),
  'analytics.enableSSL': Type.Optional(
    Type.Boolean({ description: 'Whether result calls go out by HTTPS.' }),
  ),
  'analytics.visitorId': Type.Optional(
    Type.String({ description: 'Visitor id chosen by the app (the Analytics VID).' }),
  ),
  'analytics.aid': Type.Optional(
    Type.String({ description: 'Legacy visitor id issued by Analytics (AID).' }),
  ),
  'analytics.optOutServerSideForwarding': Type.Optional(
    Type.Boolean({
      description: "Viewer's choice: true keeps the data from being forwarded to other solutions.",
    }),
  ),
  'analytics.optOutShare': Type.Optional(
    Type.Boolean({
      description: "Viewer's choice: true keeps the data from being shared with federation partners.",
    }),
  ),
}
