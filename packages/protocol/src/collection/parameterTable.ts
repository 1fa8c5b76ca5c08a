import type { TProperties } from 'typebox'
import { type EventType, eventTypes } from './EventType.ts'
import { eventSchemas } from './eventSchemas.ts'
import { adBreakParameters, adParameters } from './parameters/adParameters.ts'
import { analyticsParameters } from './parameters/analyticsParameters.ts'
import { chapterParameters } from './parameters/chapterParameters.ts'
import { contentMetadataParameters } from './parameters/contentMetadataParameters.ts'
import { contentParameters } from './parameters/contentParameters.ts'
import { errorParameters } from './parameters/errorParameters.ts'
import { qoeParameters } from './parameters/qoeParameters.ts'
import { stateParameters, statesUpdateParameters } from './parameters/stateParameters.ts'
import { visitorParameters } from './parameters/visitorParameters.ts'
import { playerTime } from './playerTime.ts'
import { asNode, type SchemaNode } from './SchemaNode.ts'

/** One key of the wire, as the reference documentation lists it. */
export interface Parameter {
  readonly key: string
  /** Member of the event that holds it. Quality of experience is allowed in `params` as well. */
  readonly member: 'params' | 'playerTime' | 'qoeData'
  /** Heading under which it is listed. */
  readonly section: string
  /** JSON type. */
  readonly type: NonNullable<SchemaNode['type']>
  readonly unit: string | undefined
  readonly description: string
  /** Events that may carry it. */
  readonly events: readonly EventType[]
  /** Those of them that must carry it. */
  readonly requiredOn: readonly EventType[]
}

/** Every key of the wire, once; all of it is read from the schemas that validate. */
export const parameterTable: readonly Parameter[] = [
  ...rows('Every event', 'playerTime', playerTime.properties),
  ...rows('Analytics', 'params', analyticsParameters),
  ...rows('Visitor', 'params', visitorParameters),
  ...rows('Content', 'params', contentParameters),
  ...rows('Content metadata', 'params', contentMetadataParameters),
  ...rows('Ad breaks and ads', 'params', { ...adBreakParameters, ...adParameters }),
  ...rows('Chapters', 'params', chapterParameters),
  ...rows('Player states', 'params', { ...stateParameters, ...statesUpdateParameters }),
  ...rows('Errors', 'params', errorParameters),
  ...rows('Quality of experience', 'qoeData', qoeParameters),
]

function rows(section: string, member: Parameter['member'], parameters: TProperties): Parameter[] {
  return Object.entries(parameters).map(([key, schema]) => {
    const node = asNode(schema)
    if (node.type === undefined || node.description === undefined) throw new Error(`${key} is not described`)
    const events = eventTypes.filter((type) => holder(type, member)?.properties?.[key] !== undefined)
    return {
      key,
      member,
      section,
      type: node.type,
      unit: node.unit,
      description: node.description,
      events,
      requiredOn: events.filter((type) => holder(type, member)?.required?.includes(key) === true),
    }
  })
}

function holder(type: EventType, member: Parameter['member']): SchemaNode | undefined {
  return asNode(eventSchemas[type]).properties?.[member]
}
