/**
 * JSON in lines that are easy to read, of which only the white space between its parts is another one: numbers stay as
 * they were written, strings keep their escapes, and nothing is left out or put into another order.
 *
 * @param json well formed; anything else comes back in some such form
 */
export function indentJson(json: string): string {
  let [written, depth] = ['', 0]
  const line = (): string => `\n${'  '.repeat(depth)}`
  for (const [part] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (part === '{' || part === '[') {
      depth += 1
      written += part + line()
    } else if (part === '}' || part === ']') {
      depth = Math.max(0, depth - 1)
      written += line() + part
    } else if (part === ',') written += part + line()
    else if (part === ':') written += ': '
    else written += part
  }
  return written
}
