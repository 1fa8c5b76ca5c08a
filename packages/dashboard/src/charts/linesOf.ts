const between = ' · '

/** Sentences one behind the other, in as many lines of a width as it takes; one that is wider has a line of its own. */
export function linesOf(
  sentences: readonly string[],
  width: number,
  widthOf: (text: string) => number,
): readonly string[] {
  const lines: string[] = []
  for (const sentence of sentences) {
    const last = lines.at(-1)
    const longer = last === undefined ? sentence : last + between + sentence
    if (last !== undefined && widthOf(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(sentence)
  }
  return lines
}
