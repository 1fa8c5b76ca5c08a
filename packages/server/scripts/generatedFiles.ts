import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { STATUS_CODES } from 'node:http'
import { problemCatalogue, ProblemCode } from '@playhead/protocol'
import { markdown, table } from '../../protocol/scripts/markdown.ts'
import { statusOf } from '../src/http/server/status.ts'
import { limitsTable } from './limitsTable.ts'
import { WarningCode, warningTexts } from '@playhead/engine'
import { type Metric, metricTable } from '../src/telemetry/metricTable.ts'
import { type Setting, settings } from '../src/setting.ts'

const root = join(import.meta.dirname, '../../..')

/** Path from the repository's root → text of every page that takes something from the server's code. */
export async function generatedFiles(): Promise<Map<string, string>> {
  return new Map([
    await filled('docs/operating.md', {
      settings: settingsTable(),
      limits: limitsTable(),
      metrics: metricsTable(),
    }),
    await filled('docs/reference/collection-api.md', { statuses: statusTable() }),
    ['docs/reference/diagnostics.md', await markdown(diagnosticsPage())],
  ])
}

/** The page, with the text between `<!-- name -->` and `<!-- /name -->` replaced for each name. */
async function filled(path: string, parts: Readonly<Record<string, string>>): Promise<[string, string]> {
  let page = readFileSync(join(root, path), 'utf8')
  for (const [name, text] of Object.entries(parts)) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [before, rest = ''] = page.split(begin)
    const [, after] = rest.split(end)
    if (before === undefined || after === undefined)
      throw new Error(`${path} lacks the markers ${begin} ${end}`)
    page = `${before}${begin}\n\n${text}\n\n${end}${after}`
  }
  return [path, await markdown(page)]
}

function settingsTable(): string {
  const rows = Object.entries<Setting>(settings).map(([name, setting]) => [
    `\`PLAYHEAD_${name}\``,
    setting.default === undefined || setting.default === '' ? '' : `\`${setting.default}\``,
    setting.help,
  ])
  return table(['setting', 'default', 'what it does'], rows)
}

/** Playhead's own, and of the process what prom-client adds. */
function metricsTable(): string {
  const own = Object.entries<Metric>(metricTable).map(([name, { type, help, labels = [] }]) => [
    `\`${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(', '),
    help,
  ])
  return table(['metric', 'type', 'labels', 'what it tells'], own)
}

function statusTable(): string {
  const rows = Object.values(ProblemCode).map((code) => [
    `${statusOf[code]} ${STATUS_CODES[statusOf[code]]}`,
    `[\`${code}\`](problems.md#${code})`,
    problemCatalogue[code].title,
  ])
  return table(
    ['status', 'code', 'meaning'],
    rows.toSorted(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0)),
  )
}

function diagnosticsPage(): string {
  const entries = Object.values(WarningCode).map((code) => {
    const { message, hint } = warningTexts[code]
    return `## \`${code}\`\n\n${message}\n\nRemedy: ${hint}\n`
  })
  return `# Diagnostics

<!-- Generated from packages/server by \`npm run generate\`. Do not edit. -->

What was odd about the events of a session, though they were taken. \`diagnostics[]\` of a session's report lists
them by event (\`seq\`, \`eventType\`), with \`code\`, \`message\` and mostly a \`hint\`. A warning changes no number; where an
event was left out of the numbers, it says so.

Two kinds of codes occur. Those of [problems](problems.md) tell what the \`strict\` policy would have refused: unknown
keys, for instance, or under the \`lenient\` policy anything that is not as documented. The others are here.

${entries.join('\n')}`
}
