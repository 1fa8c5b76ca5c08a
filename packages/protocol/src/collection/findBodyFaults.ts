import type { TSchema } from 'typebox'
import type { Fault } from './Fault.ts'
import { faultFromSlip } from './faultFromSlip.ts'
import { FaultList } from './FaultList.ts'
import { findSlips } from './findSlips.ts'
import { asNode } from './SchemaNode.ts'

/** Everything in which a body departs from its schema, by its pointers; `[]` when it does not. Nothing is changed. */
export function findBodyFaults(schema: TSchema, body: unknown): Fault[] {
  const faults = new FaultList()
  for (const slip of findSlips(asNode(schema), body)) faults.add(faultFromSlip(slip, undefined, false))
  return faults.sorted()
}
