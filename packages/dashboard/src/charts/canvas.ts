import { linesOf } from './linesOf.ts'

/** What a picture has around its parts, and its lines of text are high, CSS pixels. */
export const [margin, lineHeight] = [16, 24]

/** Twice as many pixels as on the screen: pictures end up on slides. */
const sharpness = 2

/** An empty picture in the colours of the page, of so many CSS pixels. */
function openCanvas(
  width: number,
  height: number,
): { readonly canvas: HTMLCanvasElement; readonly context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * sharpness)
  canvas.height = Math.ceil(height * sharpness)
  const context = contextOf(canvas)
  context.scale(sharpness, sharpness)
  const { backgroundColor, color } = getComputedStyle(document.body)
  context.fillStyle = backgroundColor
  context.fillRect(0, 0, width, height)
  context.fillStyle = color
  context.textBaseline = 'middle'
  return { canvas, context }
}

/** Height of letters, CSS pixels: of pictures, and of an axis, as the style sheet has it. */
const letterSize = 14
export const axisLetterSize = 12

/** The page's own letters. */
export function fontOf(weight: number, size = letterSize): string {
  return `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`
}

/** How many CSS pixels a text takes. */
export function widthOf(text: string, weight: number, size = letterSize): number {
  measure ??= contextOf(document.createElement('canvas'))
  measure.font = fontOf(weight, size)
  return measure.measureText(text).width
}

/** What stands above a picture. */
export interface PictureHeading {
  readonly title: string
  /** What its figures are of: a picture is seen without its page. */
  readonly caption: readonly string[]
}

/** A line of a caption, CSS pixels high. */
const captionHeight = 18

/**
 * A picture with its title, and below it the caption in small print as it fits into the width.
 *
 * @param height of what is to be drawn from `top` on; it begins at `margin` from the left, CSS pixels
 */
export function openPicture({ title, caption }: PictureHeading, width: number, height: number) {
  const lines = linesOf(caption, width, (text) => widthOf(text, 400, axisLetterSize))
  const top = margin + lineHeight + lines.length * captionHeight
  const { canvas, context } = openCanvas(width + 2 * margin, top + height + margin)
  context.font = fontOf(700)
  context.fillText(title, margin, margin + lineHeight / 2, width)
  context.font = fontOf(400, axisLetterSize)
  for (const [nth, line] of lines.entries()) {
    context.fillText(line, margin, margin + lineHeight + (nth + 0.5) * captionHeight, width)
  }
  return { canvas, context, top }
}

let measure: CanvasRenderingContext2D | undefined

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('the browser draws no pictures')
  return context
}
