import {
  type Fault,
  FaultCode,
  faultCatalogue,
  faultsMax,
  findFaults,
  ValidationPolicy,
} from '../src/index.ts'
import { type InvalidExample, readInvalidExamples, toJson } from '../test/examples.ts'

/** `docs/reference/faults.md`: every fault code, with an answer that the validator really gives. */
export function faultsPage(): string {
  const examples = readInvalidExamples()
  return `# Faults

<!-- Generated from packages/protocol by \`npm run generate\`. Do not edit. -->

A refused request is answered with JSON: \`message\` is one line for people, \`errors\` lists the faults, at most
${faultsMax}, sorted by where they are. Each has a \`code\` from this page, a \`pointer\` (JSON Pointer, \`""\` for the whole
body) and a \`message\`; \`expected\`, \`got\` and \`hint\` are there when they help. Codes are stable, texts may change.

${Object.values(FaultCode)
  .map((code) => entry(code, examples))
  .join('\n')}`
}

function entry(code: FaultCode, examples: readonly InvalidExample[]): string {
  const { title, cause, remedy, example } = faultCatalogue[code]
  return `## \`${code}\`

**${title}.** ${cause}

Remedy: ${remedy}

${example === undefined ? contentExample(code, examples) : `Example: ${example}.`}
`
}

/** The example with the fewest faults besides the code in question, and the fault that it yields. */
function contentExample(code: FaultCode, examples: readonly InvalidExample[]): string {
  const [example] = examples
    .filter(({ faults, policy }) => policy !== 'lenient' && faults.some((fault) => fault.code === code))
    .toSorted((a, b) => a.faults.length - b.faults.length)
  const fault = example && findFaultOf(code, example)
  if (!fault) throw new Error(`no example in packages/protocol/examples/events/invalid yields ${code}`)
  const policy = example.policy ?? ValidationPolicy.documented
  return `Example, to \`${example.endpoint}\`${policy === ValidationPolicy.documented ? '' : ` under \`${policy}\``}:

\`\`\`json
${toJson(example.body)}
\`\`\`

\`\`\`json
${JSON.stringify(fault, null, 2)}
\`\`\``
}

function findFaultOf(code: FaultCode, { body, policy, endpoint }: InvalidExample): Fault | undefined {
  return findFaults(body, policy ?? ValidationPolicy.documented, endpoint).find(
    (fault) => fault.code === code,
  )
}
