import type { CrossFieldRule } from './CrossFieldRule.ts'
import { playheadRule } from './playheadRule.ts'
import { secondsRule } from './secondsRule.ts'
import { statesRule } from './statesRule.ts'
import { ValidationPolicy } from './ValidationPolicy.ts'

const rules: readonly CrossFieldRule[] = [playheadRule, statesRule]

const lenientRules: readonly CrossFieldRule[] = [secondsRule]

/** The rules that no schema can hold, by which a policy judges events of that type. */
export function crossFieldRules(eventType: string, policy: ValidationPolicy): readonly CrossFieldRule[] {
  return policy === ValidationPolicy.lenient
    ? lenientRules
    : rules.filter((rule) => rule.eventType === eventType)
}
