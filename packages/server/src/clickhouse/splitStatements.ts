/**
 * The statements of a migration file. A statement ends with a semicolon at the end of a line; a semicolon
 * elsewhere is part of it. Lines that are a comment (`--`) are left out.
 */
export function splitStatements(sql: string): string[] {
  return sql
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;[ \t\r]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
