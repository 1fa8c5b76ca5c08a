/** Values of a statement, each bound under a name of its own: nothing that a client sends becomes SQL. */
export class Params {
  readonly values: Record<string, unknown> = {}
  readonly #places = new Map<string, string>()

  /** @returns what stands for the value in the SQL; the same value of the same type has one place */
  add(value: unknown, type: string): string {
    const key = `${type} ${JSON.stringify(value)}`
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const name = `p${this.#places.size}`
    const place = `{${name}:${type}}`
    this.#places.set(key, place)
    this.values[name] = value
    return place
  }
}

/** One query for the store. */
export interface Statement {
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
}
