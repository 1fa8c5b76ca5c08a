import { format } from 'oxfmt'

/** Markdown as `npm run format` would leave it; the options are those of `.oxfmtrc.json` that concern it. */
export async function markdown(text: string): Promise<string> {
  const { code, errors } = await format('page.md', text, { printWidth: 110 })
  if (errors.length > 0) throw new Error(`cannot format: ${JSON.stringify(errors)}`)
  return code
}

/** A table; bars in cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
