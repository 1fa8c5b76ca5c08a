/** Rows that are saved of anything at most, by a hundred questions or less; whoever wants more asks the API. */
export const savedRowsMax = 100_000

export interface PageOfRows<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
}

export interface AllRows<Row> {
  readonly rows: readonly Row[]
  /** Whether there are more than are saved. */
  readonly isCut: boolean
}

/** Ask for one page after the other, each after so many rows, until there is no more or as much as is saved. */
export async function allOf<Row>(
  fetchPage: (rowsBefore: number) => Promise<PageOfRows<Row>>,
): Promise<AllRows<Row>> {
  const rows: Row[] = []
  for (;;) {
    const page = await fetchPage(rows.length)
    rows.push(...page.rows)
    const isCut = rows.length > savedRowsMax || (page.hasMore && rows.length === savedRowsMax)
    if (isCut || !page.hasMore) return { rows: rows.slice(0, savedRowsMax), isCut }
  }
}
