import type { CrossFieldRule } from './CrossFieldRule.ts'
import { playheadRule } from './playheadRule.ts'
import { statesRule } from './statesRule.ts'
import { ValidationPolicy } from './ValidationPolicy.ts'

const rules: readonly CrossFieldRule[] = [playheadRule, statesRule]

/** The rules about several members at once that a policy holds events of that type against. */
export function crossFieldRules(eventType: string, policy: ValidationPolicy): readonly CrossFieldRule[] {
  return policy === ValidationPolicy.lenient ? [] : rules.filter((rule) => rule.eventType === eventType)
}
