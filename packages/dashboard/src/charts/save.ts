import { drawTable } from './drawTable.ts'
import { type Cell, toCsv } from './toCsv.ts'

/** Hand a table to the browser as a CSV file. */
export function saveCsv(name: string, head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  save(`${name}.csv`, new Blob([toCsv(head, rows)], { type: 'text/csv;charset=utf-8' }))
}

/** Hand a chart to the browser as a PNG file, twice as large as on the screen. */
export async function savePng(name: string, svg: SVGSVGElement): Promise<void> {
  const { width, height } = svg.getBoundingClientRect()
  const image = new Image(width, height)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(withStyles(svg))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * 2
  canvas.height = height * 2
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('the browser draws no pictures')
  context.scale(2, 2)
  context.fillStyle = getComputedStyle(document.body).backgroundColor
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0)
  await saveCanvas(name, canvas)
}

/** Hand a table to the browser as a PNG file. */
export function saveTablePng(
  name: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  return saveCanvas(name, drawTable(name, head, rows))
}

async function saveCanvas(name: string, canvas: HTMLCanvasElement): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('the browser makes no PNG of this size')
  save(`${name}.png`, blob)
}

const drawn = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font',
  'text-anchor',
]

/** The picture as text of its own: what the page's style sheet says is written into each part. */
function withStyles(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const originals = [svg, ...svg.querySelectorAll('*')]
  for (const [index, element] of [copy, ...copy.querySelectorAll<SVGElement>('*')].entries()) {
    const original = originals[index]
    if (original === undefined) continue
    const style = getComputedStyle(original)
    for (const property of drawn) element.setAttribute(property, style.getPropertyValue(property))
    element.style.font = style.font
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return new XMLSerializer().serializeToString(copy)
}

function save(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name.replaceAll(/[\\/:*?"<>|\s]+/g, '-')
  link.click()
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
