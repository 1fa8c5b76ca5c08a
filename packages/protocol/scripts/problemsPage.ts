import {
  type Problem,
  ProblemCode,
  problemCatalogue,
  problemsMax,
  findProblems,
  ValidationPolicy,
} from '../src/index.ts'
import { type InvalidExample, readInvalidExamples, toJson } from '../test/examples.ts'

/** `docs/reference/problems.md`: every problem code, with an answer that the validator really gives. */
export function problemsPage(): string {
  const examples = readInvalidExamples()
  return `# Problems

<!-- Generated from packages/protocol by \`npm run generate\`. Do not edit. -->

A refused request is answered with JSON: \`message\` is one line for people, \`errors\` lists the problems, at most
${problemsMax}, sorted by where they are. Each has a \`code\` from this page, a \`pointer\` (JSON Pointer, \`""\` for the whole
body) and a \`message\`; \`expected\`, \`got\` and \`hint\` are there when they help. Codes are stable, texts may change.

${Object.values(ProblemCode)
  .map((code) => entry(code, examples))
  .join('\n')}`
}

function entry(code: ProblemCode, examples: readonly InvalidExample[]): string {
  const { title, cause, remedy, example } = problemCatalogue[code]
  return `## \`${code}\`

**${title}.** ${cause}

Remedy: ${remedy}

${example === undefined ? contentExample(code, examples) : `Example: ${example}.`}
`
}

/** The example with the fewest problems besides the code in question, and the problem that it yields. */
function contentExample(code: ProblemCode, examples: readonly InvalidExample[]): string {
  const [example] = examples
    .filter(
      ({ problems, policy }) => policy !== 'lenient' && problems.some((problem) => problem.code === code),
    )
    .toSorted((a, b) => a.problems.length - b.problems.length)
  const problem = example && findProblemOf(code, example)
  if (!problem) throw new Error(`no example in packages/protocol/examples/events/invalid yields ${code}`)
  const policy = example.policy ?? ValidationPolicy.documented
  return `Example, to \`${example.endpoint}\`${policy === ValidationPolicy.documented ? '' : ` under \`${policy}\``}:

\`\`\`json
${toJson(example.body)}
\`\`\`

\`\`\`json
${JSON.stringify(problem, null, 2)}
\`\`\``
}

function findProblemOf(code: ProblemCode, { body, policy, endpoint }: InvalidExample): Problem | undefined {
  return findProblems(body, policy ?? ValidationPolicy.documented, endpoint).find(
    (problem) => problem.code === code,
  )
}
