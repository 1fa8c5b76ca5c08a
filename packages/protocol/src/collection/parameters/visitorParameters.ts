import { Type } from 'typebox'

const customerId = Type.Object({
  id: Type.String({ description: "The customer's id within its namespace." }),
  authState: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2,
      description: '0 unknown, 1 signed in, 2 signed out.',
    }),
  ),
})

/**
 * `params` of `sessionStart`: who watches.
 *
 * @see Adobe Analytics documentation, Media Collection API, request parameters (`mc-api-req-params`)
 */
export const visitorParameters = {
  'visitor.marketingCloudOrgId': Type.String({
    description:
      'Id of the organisation, such as `0123456789ABCDEF@AdobeOrg`; also names the publisher for federation.',
  }),
  'visitor.marketingCloudUserId': Type.Optional(
    Type.String({ description: 'Experience Cloud id of the viewer (ECID, MID).' }),
  ),
  'visitor.aamLocationHint': Type.Optional(
    Type.Integer({ description: 'Audience Manager region of the viewer.' }),
  ),
  'visitor.customerIDs': Type.Optional(
    Type.Unsafe<Record<string, { id: string; authState?: number }>>({
      type: 'object',
      additionalProperties: customerId,
      description:
        "The viewer's ids in other systems: namespace → `{id, authState}`. Namespaces are free text; `authState` is 0 (unknown), 1 (signed in) or 2 (signed out).",
    }),
  ),
  appInstallationId: Type.Optional(
    Type.String({
      description: 'Unique per app and device; stays the same until the app is installed anew.',
    }),
  ),
}
