import type { TSchema } from 'typebox'
import type { Problem } from './Problem.ts'
import { problemFromViolation } from './problemFromViolation.ts'
import { ProblemList } from './ProblemList.ts'
import { findViolations } from './findViolations.ts'
import { asNode } from './SchemaNode.ts'

/** Everything in which a body departs from its schema, by its pointers; `[]` when it does not. Nothing is changed. */
export function findBodyProblems(schema: TSchema, body: unknown): Problem[] {
  const problems = new ProblemList()
  for (const violation of findViolations(asNode(schema), body))
    problems.add(problemFromViolation(violation, undefined, false))
  return problems.sorted()
}
