import { type Static, Type } from 'typebox'
import { qoeParameters } from './parameters/qoeParameters.ts'

/** Quality of experience, on any event. An event without it leaves the last values in force. */
export const qoeData = Type.Object(qoeParameters, {
  description:
    'Quality of experience at the time of the event. Every value is optional and stays in force until it is sent again.',
})
export type QoeData = Static<typeof qoeData>
