/**
 * What the catalogue says, in another language than its own, which is English. The catalogue is the only source of ids; a
 * test asks for each of them here.
 */
export interface CatalogueText {
  /** Of metrics, dimensions, segments and panels, by id. */
  readonly titles: Readonly<Record<string, string>>
  /** Of metrics, by id, of player states without their name; ids in backticks are shown as titles. What is one figure divided by another is told by `quotient`. */
  readonly rules: Readonly<Record<string, string>>
  readonly quotient: (of: string, by: string) => string
}
