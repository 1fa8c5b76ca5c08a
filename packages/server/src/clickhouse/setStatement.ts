import type { ClickHouseSettings } from '@clickhouse/client'

/**
 * One `SET` for a statement's settings and its parameters, which are settings named `param_...` to ClickHouse;
 * '' when there is neither. Values are data whatever they hold.
 */
export function setStatement(
  settings: ClickHouseSettings = {},
  params: Readonly<Record<string, unknown>> = {},
): string {
  const assignments = [
    ...Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${identifier(name)} = ${literal(String(value))}`),
    ...Object.entries(params).map(
      ([name, value]) => `param_${identifier(name)} = ${literal(parameter(value))}`,
    ),
  ]
  return assignments.length === 0 ? '' : `SET ${assignments.join(', ')}`
}

/** A parameter's text, as ClickHouse reads it: escaped like a field of tab-separated values. */
function parameter(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(element).join(',')}]`
  if (typeof value !== 'string') return value === null ? '\\N' : plain(value)
  return value.replace(/[\\\0\b\f\n\r\t]/g, (character) => escapes[character] ?? character)
}

/** An element of an array parameter is written as in SQL. */
function element(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'NULL' : plain(value)
  return literal(value)
}

function plain(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return `${value}`
  throw new TypeError(`a parameter cannot be bound: ${typeof value}`)
}

function literal(text: string): string {
  return `'${escaped(text)}'`
}

/** Text as it stands between the quotes of SQL. */
export function escaped(text: string): string {
  return text.replace(/[\\'\0\b\f\n\r\t]/g, (character) => escapes[character] ?? character)
}

const escapes: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function identifier(name: string): string {
  if (!/^\w+$/.test(name))
    throw new TypeError(`not a name of a setting or parameter: ${JSON.stringify(name)}`)
  return name
}
