import { fontOf, lineHeight, margin, openPicture, type PictureHeading, widthOf } from './canvas.ts'

/** From a key's line to its name, and from one key to the next, CSS pixels. */
const [swatch, keyGap] = [20, 20]

/** Draw a chart under its title, and below it which line is what: on the page that is text around the chart. */
export async function drawChart(
  heading: PictureHeading,
  svg: SVGSVGElement,
  keys: readonly Element[],
): Promise<HTMLCanvasElement> {
  const { width, height } = svg.getBoundingClientRect()
  const image = await imageOf(withStyles(svg), width, height)
  const placed = placeKeys(keys, width)
  const legendHeight = ((placed.at(-1)?.line ?? -1) + 1) * lineHeight
  const { canvas, context, top } = openPicture(heading, width, height + legendHeight)
  context.drawImage(image, margin, top)
  context.font = fontOf(400)
  for (const { key, name, x, line } of placed) {
    const y = top + height + (line + 0.5) * lineHeight
    context.fillStyle = getComputedStyle(key).color
    const dashes = key.classList.contains('is-compared') ? [0, 8] : [0]
    for (const dash of dashes) context.fillRect(margin + x + dash, y - 1.5, dashes.length > 1 ? 5 : 14, 3)
    context.fillText(name, margin + x + swatch, y, width)
  }
  return canvas
}

/** Not by `decode()`: it asks the compositor, which gives it up where it has to begin anew, as on a busy machine. */
function imageOf(svg: string, width: number, height: number): Promise<HTMLImageElement> {
  const image = new Image(width, height)
  return new Promise((resolve, reject) => {
    image.addEventListener('load', () => resolve(image))
    image.addEventListener('error', () => reject(new Error('the browser makes no picture of this chart')))
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  })
}

/** One behind the other, in as many lines as it takes. */
function placeKeys(keys: readonly Element[], width: number) {
  let [x, line] = [0, 0]
  return keys.map((key) => {
    // Without the value that is read off at the moment.
    const name = key.firstChild?.textContent ?? ''
    const wide = swatch + widthOf(name, 400)
    if (x > 0 && x + wide > width) [x, line] = [0, line + 1]
    const place = { key, name, x, line }
    x += wide + keyGap
    return place
  })
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
