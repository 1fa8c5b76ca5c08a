import { type Cell } from './toCsv.ts'

/** Rows in a picture at most: whoever wants more wants the CSV. */
const rowsMax = 100
const [rowHeight, gap, margin, cellWidthMax] = [24, 24, 16, 360]

/** Draw a table's figures: its title, its head, and a line for each row. Text is drawn as text, whoever wrote it. */
export function drawTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): HTMLCanvasElement {
  const style = getComputedStyle(document.body)
  const font = (weight: number): string => `${weight} 14px ${style.fontFamily}`
  const lines = [head, ...rows.slice(0, rowsMax).map((row) => row.map((cell) => String(cell ?? '')))]
  const isNumber = head.map((_, column) => rows.every((row) => typeof (row[column] ?? 0) === 'number'))
  const canvas = document.createElement('canvas')
  const context = contextOf(canvas)
  context.font = font(600)
  const widths = head.map((_, column) =>
    Math.min(cellWidthMax, Math.max(...lines.map((line) => context.measureText(line[column] ?? '').width))),
  )
  const width = widths.reduce((sum, each) => sum + each + gap, 2 * margin - gap)
  const height = 2 * margin + (lines.length + 1.5) * rowHeight
  canvas.width = Math.max(width, context.measureText(title).width + 2 * margin) * 2
  canvas.height = height * 2
  context.scale(2, 2)
  context.fillStyle = style.backgroundColor
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = style.color
  context.textBaseline = 'middle'
  context.font = font(700)
  context.fillText(title, margin, margin + rowHeight / 2)
  for (const [row, line] of lines.entries()) {
    context.font = font(row === 0 ? 600 : 400)
    const y = margin + (row + 2) * rowHeight
    let x = margin
    for (const [column, cell] of line.entries()) {
      const room = widths[column] ?? 0
      context.textAlign = isNumber[column] === true ? 'right' : 'left'
      context.fillText(cut(context, cell, room), isNumber[column] === true ? x + room : x, y)
      x += room + gap
    }
    context.globalAlpha = 0.2
    context.fillRect(margin, y + rowHeight / 2, width - 2 * margin, 1)
    context.globalAlpha = 1
  }
  return canvas
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('the browser draws no pictures')
  return context
}

/** What of a text fits into so many pixels. */
function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text
  let length = text.length
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > width) length -= 1
  return `${text.slice(0, length)}…`
}
