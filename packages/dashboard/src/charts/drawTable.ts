import {
  axisLetterSize,
  fontOf,
  lineHeight,
  margin,
  openPicture,
  type PictureHeading,
  widthOf,
} from './canvas.ts'
import type { ShownTable } from './shownTable.ts'

/** Rows in a picture at most: whoever wants more wants the CSV. */
const rowsMax = 100
/** Between two columns; the widest text, and the longest bar; how wide a caption makes a narrow table; CSS pixels. */
const [gap, cellWidthMax, barWidth, captionWidthMax] = [24, 360, 240, 600]

/** Draw a table: its title, its head, and a line for each row. Text is drawn as text, whoever wrote it. */
export function drawTable(
  heading: PictureHeading,
  { head, rows, areFigures, barColour }: ShownTable,
): HTMLCanvasElement {
  const isCut = rows.length > rowsMax
  const rest = isCut ? [[`+ ${rows.length - rowsMax} …`]] : []
  const lines = [head, ...rows.slice(0, rowsMax), ...rest]
  const cellWidth = (cell: string | number | undefined): number =>
    typeof cell === 'number' ? barWidth : Math.min(cellWidthMax, widthOf(cell ?? '', 600))
  const widths = head.map((_, column) => Math.max(...lines.map((line) => cellWidth(line[column]))))
  const tableWidth = widths.reduce((sum, each) => sum + each + gap, -gap)
  const captionWidth = Math.max(0, ...heading.caption.map((line) => widthOf(line, 400, axisLetterSize)))
  const width = Math.max(tableWidth, widthOf(heading.title, 700), Math.min(captionWidth, captionWidthMax))
  const { canvas, context, top } = openPicture(heading, width, (lines.length + 0.5) * lineHeight)
  const ink = context.fillStyle
  for (const [row, line] of lines.entries()) {
    context.font = fontOf(row === 0 ? 600 : 400)
    const y = top + (row + 1) * lineHeight
    let x = margin
    for (const [column, cell] of line.entries()) {
      const room = widths[column] ?? 0
      const isRight = areFigures[column] === true
      context.fillStyle = typeof cell === 'number' ? (barColour ?? ink) : ink
      context.textAlign = isRight ? 'right' : 'left'
      if (typeof cell === 'number') context.fillRect(x, y - 5, room * cell, 10)
      else context.fillText(cut(context, cell, room), isRight ? x + room : x, y)
      x += room + gap
    }
    context.fillStyle = ink
    context.globalAlpha = 0.2
    context.fillRect(margin, y + lineHeight / 2, tableWidth, 1)
    context.globalAlpha = 1
  }
  return canvas
}

/** What of a text fits into so many pixels. */
function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text
  let length = text.length
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > width) length -= 1
  return `${text.slice(0, length)}…`
}
