import { eventTypes, type Parameter, parameterTable } from '../src/index.ts'

/** `docs/reference/parameters.md`: every key of the wire, from the schemas that validate it. */
export function parametersPage(): string {
  const sections = [...new Set(parameterTable.map((parameter) => parameter.section))]
  return `# Parameters

<!-- Generated from packages/protocol by \`npm run generate\`. Do not edit. -->

Every key that an event can carry, with its JSON type. Types are strict: nothing is converted, stripped or
filled in. Under the default policy \`documented\`, keys of \`params\` and \`qoeData\` that are not listed here are
accepted and kept; under \`strict\` they are refused; under \`lenient\` only \`eventType\` and \`playerTime\` are
checked. [Problems](problems.md) lists what a refusal says, [schemas](schemas/) has a JSON schema for each event.

An event is an object with these members and no other:

| Member | Type | Required | Meaning |
| --- | --- | --- | --- |
| \`eventType\` | string | yes | One of the types below. |
| \`playerTime\` | object | yes | Position of the player and time of the event. |
| \`params\` | object | with required keys, and on \`statesUpdate\` | Parameters of the event, flat. May be empty where nothing is required. |
| \`qoeData\` | object | no | Quality of experience, on any event. Values stay in force until they are sent again. |
| \`customMetadata\` | object | no | Data of your own: strings under keys of letters, digits, underscores and dots. |

Event types: ${eventTypes.map((type) => `[\`${type}\`](schemas/${type}.json)`).join(', ')}.

${sections.map(section).join('\n')}`
}

function section(title: string): string {
  const rows = parameterTable.filter((parameter) => parameter.section === title)
  return `## ${title}

In ${memberText(rows)}.

| Key | Type | Events | Required | Unit | Meaning |
| --- | --- | --- | --- | --- | --- |
${rows.map(row).join('\n')}
`
}

function memberText(rows: readonly Parameter[]): string {
  const member = rows[0]?.member
  return member === 'qoeData' ? '`qoeData`; `params` of every event takes the same keys' : `\`${member}\``
}

function row(parameter: Parameter): string {
  const cells = [
    `\`${parameter.key}\``,
    parameter.type,
    parameter.events.length === eventTypes.length
      ? 'all'
      : parameter.events.map((type) => `\`${type}\``).join(', '),
    requiredText(parameter),
    parameter.unit ?? '',
    parameter.description.replaceAll('|', '\\|'),
  ]
  return `| ${cells.join(' | ')} |`
}

function requiredText({ events, requiredOn }: Parameter): string {
  if (requiredOn.length === 0) return 'no'
  return requiredOn.length === events.length ? 'yes' : requiredOn.map((type) => `on \`${type}\``).join(', ')
}
